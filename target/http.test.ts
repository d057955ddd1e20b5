import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { NoAnswerError, openClient } from './http.ts';

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with what it was asked. */
const echo: RequestListener = async (request, response) => {
  const body = await text(request);
  response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
};

describe('Client', () => {
  test('sends the path and the body byte for byte', async () => {
    await using server = await serve(echo);

    const answer = await openClient(server.url).send('POST', '/users/../%00%2e%2E/./a?b=c', {
      headers: { 'content-type': 'application/json' },
      body: '{"a": 1, "a": 2}\n',
    });

    expect(answer.json()).toMatchObject({
      url: '/users/../%00%2e%2E/./a?b=c',
      body: '{"a": 1, "a": 2}\n',
      headers: { 'content-type': 'application/json', 'content-length': '17' },
    });
  });

  test('adds no content type of its own', async () => {
    await using server = await serve(echo);

    const answer = await openClient(server.url).send('POST', '/users/1/disconnect', { body: 'x' });

    expect(answer.json()).not.toHaveProperty(['headers', 'content-type']);
  });

  test.each(['GET', 'DELETE', 'TRACE', 'OPTIONS'])('sends %s', async (method) => {
    await using server = await serve(echo);

    expect((await openClient(server.url).send(method, '/users')).json()).toMatchObject({ method });
  });

  test('sends another Host', async () => {
    await using server = await serve(echo);

    const answer = await openClient(server.url).send('GET', '/users', { headers: { host: 'evil.example' } });

    expect(answer.json()).toMatchObject({ headers: { host: 'evil.example' } });
  });

  test('answers with raw bytes whatever the content type says', async () => {
    await using server = await serve((_request, response) => {
      response
        .writeHead(500, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] })
        .end(Buffer.from([0xff, 0x7b]));
    });

    const answer = await openClient(server.url).snapshot();

    expect(answer).toMatchObject({
      status: 500,
      bytes: Buffer.from([0xff, 0x7b]),
      headers: { 'set-cookie': 'a=1, b=2' },
    });
    expect(() => answer.json()).toThrow(SyntaxError);
  });

  test('follows no redirect', async () => {
    await using server = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());

    expect((await openClient(server.url).snapshot()).status).toBe(302);
  });

  test('records each exchange with its secrets masked', async () => {
    await using server = await serve(echo);
    const client = openClient(server.url);

    await client.authenticate({ access_token: 'opaque-secret' }, { authorization: 'opaque-secret' });

    expect(client.exchanges).toMatchObject([
      { method: 'POST', status: 200, requestHeaders: { authorization: '[redacted]' } },
    ]);
    expect(JSON.stringify(client.exchanges)).not.toContain('opaque-secret');
  });

  test('rejects with the exchange when nothing answers', async () => {
    const client = openClient('http://127.0.0.1:9');

    const error = await client.snapshot().catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ message: expect.stringContaining('ECONNREFUSED'), exchange: client.exchanges[0] });
  });

  test('rejects when the answer is reset half-way', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      setImmediate(() => response.destroy());
    });

    await expect(openClient(server.url).snapshot()).rejects.toBeInstanceOf(NoAnswerError);
  });

  test('rejects when the answer takes longer than the time limit', async () => {
    await using server = await serve(() => {});

    await expect(openClient(server.url, { timeoutMs: 50 }).snapshot()).rejects.toThrow(/50ms/);
  });
});
