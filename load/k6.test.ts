import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findK6, NoK6Error } from './k6.ts';
import { buildK6 } from './tool/build.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-k6-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function program(name: string, script: string): Promise<string> {
  const file = join(dir, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}
const fakeK6 = (name: string, version: string) => program(name, `echo "k6 v${version} (go1.26.8, linux/amd64)"`);
const find = (options: { asked?: string; searchPath?: string }) =>
  findK6({ cache: join(dir, 'cache'), temporary: dir, mayGet: false, ...options });

describe('k6', () => {
  test('is the one that was asked for, before any other', async () => {
    const asked = await fakeK6('asked/k6', '2.1.0');
    await fakeK6('bin/k6', '2.2.0');

    expect(await find({ asked, searchPath: join(dir, 'bin') })).toEqual({
      path: asked,
      version: '2.1.0',
      from: 'K6_BIN',
    });
  });

  test('is refused when it was asked for and does not run, rather than replaced', async () => {
    await fakeK6('bin/k6', '2.2.0');

    const finding = find({ asked: join(dir, 'nothing'), searchPath: join(dir, 'bin') });

    await expect(finding).rejects.toThrow(/K6_BIN=.*nothing is no k6 that runs here/);
  });

  test('is taken from PATH only where its major version is ours', async () => {
    await fakeK6('old/k6', '1.7.1');
    const path = await fakeK6('new/k6', '2.3.4');

    expect(await find({ searchPath: `${join(dir, 'old')}:${join(dir, 'new')}` })).toMatchObject({ path, from: 'PATH' });
  });

  test('is taken from the cache when PATH has none', async () => {
    const path = await fakeK6('cache/k6-2.2.0', '2.2.0');

    expect(await find({ searchPath: join(dir, 'old') })).toEqual({ path, version: '2.2.0', from: 'cache' });
  });

  test('is missing when nothing may be built', async () => {
    await expect(find({})).rejects.toBeInstanceOf(NoK6Error);
  });
});

describe('building k6', () => {
  const go = 'while [ "$1" != -o ]; do shift; done; sleep 0.2; echo built > "$2"';

  test('twice at once leaves one whole program and nothing else', async () => {
    const file = join(dir, 'cache/k6');
    const fakeGo = await program('go', go);

    await Promise.all([buildK6(file, undefined, fakeGo), buildK6(file, undefined, fakeGo)]);

    expect(await readdir(join(dir, 'cache'))).toEqual(['k6']);
  });

  test('leaves nothing when it fails, and says why', async () => {
    const fakeGo = await program('go', 'echo "module lookup disabled" >&2; exit 1');

    await expect(buildK6(join(dir, 'cache/k6'), undefined, fakeGo)).rejects.toThrow('module lookup disabled');
    expect(await readdir(join(dir, 'cache'))).toEqual([]);
  });
});
