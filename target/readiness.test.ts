import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitUntilReady } from './readiness.ts';

const server = createServer((request, response) => response.end(request.url));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const buildWaiting = (check: () => void) => ({
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  withinMs: 1000,
  check,
  tail: () => '',
});

describe('waitUntilReady', () => {
  test('resolves at the first 200', async () => {
    await expect(waitUntilReady(buildWaiting(() => {}))).resolves.toBeUndefined();
  });

  test('does not take the answer of a stranger on the same port for that of a target that has died', async () => {
    const died = new Error('it died');

    await expect(
      waitUntilReady(
        buildWaiting(() => {
          throw died;
        }),
      ),
    ).rejects.toBe(died);
  });
});
