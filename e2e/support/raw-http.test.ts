import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RawHttp, requestBytes } from './raw-http.ts';

const LAST = 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n';

/** Answers the first bytes of each connection that it closes, and reads on in silence until the client has gone. */
const server = createServer((socket) => {
  socket.once('data', () => socket.write(LAST)).on('error', () => {});
  socket.resume();
});
let baseUrl: string;

beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
});

describe('a connection of which the last answer said that it closes', () => {
  test('carries no other request, and is closed for us, though the server still reads', async () => {
    using connection = await RawHttp.open(baseUrl);
    const first = await connection.send(requestBytes(baseUrl, 'GET /users'));
    const answer = await connection.receive();
    const second = await connection.send(requestBytes(baseUrl, 'GET /users'));
    const { kind } = await connection.receive();

    expect({ first, answer, second, kind }).toMatchObject({
      first: true,
      answer: { kind: 'answer', status: 204 },
      second: false,
      kind: 'closed',
    });
  });
});
