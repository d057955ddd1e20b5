import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { reservePort } from './reserved-port.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

test('a server can listen on a port that is reserved for it', async () => {
  using reserved = await reservePort();
  const server = createServer().listen(reserved.port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});

test('a reserved port is given to nobody else, though nobody listens on it yet', async () => {
  const drawn = Math.random();
  jest.spyOn(Math, 'random').mockReturnValueOnce(drawn).mockReturnValueOnce(drawn);
  using reserved = await reservePort();
  using other = await reservePort();

  expect(other.port).not.toBe(reserved.port);
});
