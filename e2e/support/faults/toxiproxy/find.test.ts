import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findToxiproxy } from './find.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-toxiproxy-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function install(name: string, says: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
  return file;
}

describe('findToxiproxy', () => {
  test('names what to do without when there is none and none may be built', async () => {
    const outcome = findToxiproxy({ searchPath: join(folder, 'empty'), cache: folder, mayBuild: false });

    await expect(outcome).rejects.toThrow(`no toxiproxy-server on PATH or in ${folder}`);
  });

  test('takes the one in the cache when there is none on PATH', async () => {
    const path = await install('toxiproxy-2.12.0', 'toxiproxy-server version 2.12.0');

    const found = await findToxiproxy({ searchPath: '', cache: folder, mayBuild: false });

    expect(found).toEqual({ path, version: '2.12.0', from: 'cache' });
  });

  test('prefers the one on PATH, and passes by what only bears its name', async () => {
    const path = await install('toxiproxy-server', 'toxiproxy-server version 2.9.0');
    const stranger = await mkdtemp(join(folder, 'stranger-'));
    await writeFile(join(stranger, 'toxiproxy-server'), '#!/bin/sh\necho hello\n', { mode: 0o755 });

    const found = await findToxiproxy({
      searchPath: [stranger, folder].join(delimiter),
      cache: folder,
      mayBuild: false,
    });

    expect(found).toEqual({ path, version: '2.9.0', from: 'PATH' });
  });
});
