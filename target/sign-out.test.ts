import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openClient } from './http.ts';
import { signOutAll } from './sign-out.ts';

const asked: string[] = [];
let answer: (response: ServerResponse, path: string) => unknown;
const server = createServer(({ url = '' }, response) => {
  asked.push(url);
  answer(response, url);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.close();
});
afterEach(() => {
  asked.length = 0;
});

/** The time limit is for a target that hangs alone: a busy machine may take its time over an answer. */
const signOut = (ids: readonly string[], timeoutMs = 30_000) =>
  signOutAll(openClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { timeoutMs }), ids);

describe('signOutAll', () => {
  test('disconnects each', async () => {
    answer = (response) => response.end('{}');

    await expect(signOut(['a', 'b'])).resolves.toEqual(new Map());

    expect(asked.sort()).toEqual(['/users/a/disconnect', '/users/b/disconnect']);
  });

  test('tells who could not be disconnected, and goes on with the others', async () => {
    answer = (response, path) => response.writeHead(path.includes('/a/') ? 500 : 200).end('{}');

    await expect(signOut(['a', 'b'])).resolves.toEqual(new Map([['a', 'answered 500']]));
  });

  test('gives up on a target that hangs, and says whom it did not ask for', async () => {
    answer = () => undefined;
    const ids = Array.from({ length: 100 }, (_, index) => `user-${index}`);

    const stillThere = await signOut(ids, 200);

    expect([...stillThere.keys()].sort()).toEqual([...ids].sort());
    expect(asked.length).toBeLessThan(20);
    expect(stillThere.get('user-99')).toMatch(/^not asked: /);
  });
});
