import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';

const SERVER = fileURLToPath(new URL('server.ts', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'provider-server-'));
const told = {
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: join(dir, 'data'),
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_AUDIENCE: 'a',
};
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(dir, { recursive: true }));

function start(env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SERVER], {
    env: { ...told, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

/** The port, once it listens. */
async function listening(child: ReturnType<typeof start>): Promise<number> {
  for await (const chunk of child.stdout) {
    const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(String(chunk))?.[1];
    if (port) return Number(port);
  }
  throw new Error('it ended before it listened');
}

/** What comes back for these bytes until the connection is closed. */
const send = async (port: number, bytes: string) => text(connect(port, '127.0.0.1').end(bytes));

describe('the server', () => {
  test('says its port, and ends with 0 on SIGTERM though connections are open', async () => {
    const server = start({});
    const port = await listening(server);
    const idle = connect(port, '127.0.0.1');
    idle.write('GET /users HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(idle, 'data');

    server.kill('SIGTERM');

    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  test('answers what is no HTTP with a problem', async () => {
    const port = await listening(start({}));

    const answer = await send(port, 'nonsense\r\n\r\n');

    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*application\/problem\+json[\s\S]*"status":400}$/);
  });

  test.each([
    ['two hosts', 'GET /users HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n', 400],
    ['a foreign host in its first line', 'GET http://evil.example/users HTTP/1.1\r\nHost: localhost\r\n\r\n', 421],
    ['a host of ours in its first line', 'GET http://localhost/users HTTP/1.1\r\nHost: localhost\r\n\r\n', 200],
  ])('answers a request with %s as it must', async (_what, request, status) => {
    const port = await listening(start({}));

    expect(await send(port, request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test.each(['OIDC_ISSUER', 'OIDC_AUDIENCE', 'DATA_DIR'])('says in one line that %s is missing', async (name) => {
    const server = start({ [name]: undefined });

    const [line, [code]] = await Promise.all([text(server.stderr), once(server, 'exit')]);

    expect({ line, code }).toEqual({ line: `provider: ${name} is not set\n`, code: 1 });
  });

  test('says in one line that its port is taken', async () => {
    await using other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const server = start({ PORT: String((other.address() as AddressInfo).port) });

    const [line, [code]] = await Promise.all([text(server.stderr), once(server, 'exit')]);

    expect(line).toMatch(/^provider: listen EADDRINUSE.*\n$/);
    expect(code).toBe(1);
  });

  test('says in one line that its folder cannot be had', async () => {
    const file = join(dir, 'a-file');
    writeFileSync(file, '');
    const server = start({ DATA_DIR: file });

    const [line, [code]] = await Promise.all([text(server.stderr), once(server, 'exit')]);

    expect(line).toMatch(/^provider: EEXIST.*\n$/);
    expect(code).toBe(1);
  });
});
