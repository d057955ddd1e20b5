import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { TargetError } from './error.ts';
import { openTarget } from './open.ts';
import { environment, failureOf, RunFolderFixture } from './run-folder.fixture.ts';

const run = new RunFolderFixture();

describe('a URL target', () => {
  test('is attached when anything answers and can only be sent requests', async () => {
    const server = createServer((_request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await using target = await openTarget({ kind: 'url', url: `${url}/` }, { environment, dir: run.dir });

    expect(target.baseUrl).toBe(url);
    expect(target.can.size).toBe(0);
    await expect(target.restart()).rejects.toMatchObject({ code: 'TARGET_CANNOT' });
    server.close();
  });

  test('says in one line that nothing answers', async () => {
    const error = await failureOf(
      openTarget({ kind: 'url', url: 'http://127.0.0.1:9' }, { environment, dir: run.dir }),
    );

    expect(error).toBeInstanceOf(TargetError);
    expect((error as TargetError).code).toBe('TARGET_UNREACHABLE');
    expect(error.message).toMatch(/^nothing answers at http:\/\/127\.0\.0\.1:9 \(.*ECONNREFUSED.*\): .*$/);
  });
});
