import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { waitUntilReady } from './readiness.ts';

/** A server of each test's own: a probe that was cut short may reach it late. */
async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    wait: (check = () => {}) => waitUntilReady({ baseUrl, withinMs: 1_000, check, tail: () => 'its last words' }),
    [Symbol.dispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const answering =
  (status: number): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end();

describe('waitUntilReady', () => {
  test('resolves at the first 200', async () => {
    using server = await serve(answering(200));

    await expect(server.wait()).resolves.toBeUndefined();
  });

  test('rejects with the last cause and the last words when no 200 comes in time', async () => {
    using server = await serve(answering(500));

    await expect(server.wait()).rejects.toMatchObject({
      code: 'TARGET_NEVER_READY',
      message: expect.stringMatching(/gave no 200 within 1 s: it answered 500\nits last words$/),
    });
  });

  test('tells what was answered, not that the last probe was cut short by the deadline', async () => {
    let answers = 0;
    using server = await serve((_request, response) => answers++ === 0 && response.writeHead(500).end());

    await expect(server.wait()).rejects.toMatchObject({ message: expect.stringContaining(': it answered 500\n') });
  });

  test('does not take the answer of a stranger on the same port for that of a target that has died', async () => {
    using server = await serve(answering(200));
    const died = new Error('it died');

    const waiting = server.wait(() => {
      throw died;
    });

    await expect(waiting).rejects.toBe(died);
  });
});
