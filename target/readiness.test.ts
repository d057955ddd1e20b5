import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitUntilReady } from './readiness.ts';

let status = 200;
let answersLeft = Number.POSITIVE_INFINITY;
const server = createServer((_request, response) => answersLeft-- > 0 && response.writeHead(status).end());
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterEach(() => {
  answersLeft = Number.POSITIVE_INFINITY;
});

const wait = (check = () => {}) => {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return waitUntilReady({ baseUrl, withinMs: 200, check, tail: () => 'its last words' });
};

describe('waitUntilReady', () => {
  test('resolves at the first 200', async () => {
    status = 200;

    await expect(wait()).resolves.toBeUndefined();
  });

  test('rejects with the last cause and the last words when no 200 comes in time', async () => {
    status = 500;

    await expect(wait()).rejects.toMatchObject({
      code: 'TARGET_NEVER_READY',
      message: expect.stringMatching(/gave no 200 within 0\.2 s: it answered 500\nits last words$/),
    });
  });

  test('tells what was answered, not that the last probe was cut short by the deadline', async () => {
    status = 500;
    answersLeft = 1;

    await expect(wait()).rejects.toMatchObject({ message: expect.stringContaining(': it answered 500\n') });
  });

  test('does not take the answer of a stranger on the same port for that of a target that has died', async () => {
    status = 200;
    const died = new Error('it died');

    const waiting = wait(() => {
      throw died;
    });

    await expect(waiting).rejects.toBe(died);
  });
});
