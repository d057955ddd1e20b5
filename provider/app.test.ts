import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import { AUDIENCE, startTestIssuer, type TestIssuer } from './issuer.fixture.ts';
import { createParts } from './parts.ts';
import { openStore, type Store } from './store.ts';

let issuer: TestIssuer;
let app: FastifyInstance;
let store: Store;
const dir = mkdtempSync(join(tmpdir(), 'provider-'));

beforeAll(async () => {
  issuer = await startTestIssuer();
  const parts = createParts({ host: '127.0.0.1', port: 0, dataDir: dir, issuer: issuer.url, audience: AUDIENCE });
  store = parts.store;
  app = await createApp(parts);
});
afterAll(async () => {
  await app.close();
  store.close();
  await issuer[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true });
});

const FROM_TOKEN = '/users/authenticate/from_token';
const headers = { host: 'localhost' };
const signIn = async (sub: string, claims = {}) =>
  app.inject({
    method: 'POST',
    url: FROM_TOKEN,
    headers,
    payload: { access_token: await issuer.sign({ sub, ...claims }), token_type: 'Bearer', expires_in: 300 },
  });
const get = (url: string, more = {}) => app.inject({ url, headers: { ...headers, ...more } });
const post = (url: string, options: { headers?: object; payload?: string | Buffer } = {}) =>
  app.inject({ method: 'POST', url, ...options, headers: { ...headers, ...options.headers } });

describe('POST /users/authenticate/from_token', () => {
  test('answers the profile when the token is good', async () => {
    const answer = await signIn('ada-1');

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      name: 'Ada',
      email: 'ada@example.com',
      aesthetics: { theme: { dark: false } },
    });
  });

  test('updates the same user when the same subject signs in again', async () => {
    const first = (await signIn('ada-2')).json();
    const second = (await signIn('ada-2', { name: 'Ada Lovelace' })).json();

    expect(second).toMatchObject({ id: first.id, name: 'Ada Lovelace', created: first.created });
    expect(second.updated.value > first.updated.value).toBe(true);
  });

  test.each(['', 'Bearer ', 'bearer '])(
    'takes the token from the header behind %j when there is no body',
    async (scheme) => {
      const authorization = `${scheme}${await issuer.sign({ sub: 'ada-3' })}`;

      const answer = await post(FROM_TOKEN, { headers: { authorization, 'content-type': 'application/json' } });

      expect(answer.statusCode).toBe(200);
    },
  );

  test.each([
    ['no token at all', {}, 401],
    ['no JSON', { headers: { 'content-type': 'application/json' }, payload: '{' }, 400],
    [
      'invalid UTF-8',
      { headers: { 'content-type': 'application/json' }, payload: Buffer.from('{"a":"\xff"}', 'latin1') },
      400,
    ],
    [
      'a token that is a number',
      {
        headers: { 'content-type': 'application/json' },
        payload: '{"access_token":1,"token_type":"Bearer","expires_in":1}',
      },
      400,
    ],
    ['another content type', { headers: { 'content-type': 'text/plain' }, payload: '{}' }, 415],
    [
      'a body beyond the limit',
      { headers: { 'content-type': 'application/json' }, payload: `"${'x'.repeat(300_000)}"` },
      413,
    ],
    [
      'a compressed body',
      { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, payload: '{}' },
      415,
    ],
    ['a foreign origin', { headers: { origin: 'http://evil.example' } }, 403],
  ])('refuses %s and makes no user', async (_what, options, status) => {
    const before = (await get('/users')).body;

    const answer = await post(FROM_TOKEN, options);

    expect({ status: answer.statusCode, users: (await get('/users')).body }).toEqual({ status, users: before });
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  test.each([
    ['expired', { exp: 1 }, {}],
    ['not yet valid', { nbf: 4_000_000_000 }, {}],
    ['for another audience', { aud: 'other' }, {}],
    ['of another issuer', { iss: 'http://other.example' }, {}],
    ['of nobody', { sub: '' }, {}],
    ['marked with an unknown critical header', {}, { crit: ['x'], x: 1 }],
  ])('refuses a token that is %s', async (_what, claims, header) => {
    const token = await issuer.sign(claims, header).catch(() => 'unsignable');
    const answer = await post(FROM_TOKEN, { headers: { authorization: token } });

    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });
});

describe('GET /users', () => {
  test('holds each user as it is by id', async () => {
    const { id } = (await signIn('grace')).json();
    const one = await get(`/users/${id}`);

    expect((await get('/users')).json().iterable).toContainEqual(one.json());
  });

  test('answers 304 until something changes', async () => {
    const { etag } = (await get('/users')).headers;
    const unchanged = await get('/users', { 'if-none-match': etag });
    await signIn('change');

    expect(unchanged.statusCode).toBe(304);
    expect((await get('/users', { 'if-none-match': etag })).statusCode).toBe(200);
  });

  test('answers 304 for one user until that user changes or goes', async () => {
    const { id } = (await signIn('tagged')).json();
    const { etag } = (await get(`/users/${id}`)).headers;
    const ask = async () => (await get(`/users/${id}`, { 'if-none-match': etag })).statusCode;
    await signIn('another');
    const unchanged = await ask();
    await signIn('tagged');
    const changed = await ask();
    await post(`/users/${id}/disconnect`);

    expect([unchanged, changed, await ask()]).toEqual([304, 200, 404]);
  });

  test.each([(tag: string) => `W/${tag}`, (tag: string) => `"other", ${tag}`, () => '*'])(
    'answers 304 to a condition that holds, however it is written (%#)',
    async (write) => {
      const { etag } = (await get('/users')).headers;

      expect((await get('/users', { 'if-none-match': write(String(etag)) })).statusCode).toBe(304);
    },
  );

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:1000'])(
    'is not served to the host %s',
    async (host) => {
      expect((await get('/users', { host })).statusCode).toBe(421);
    },
  );
});

describe('POST /users/{user}/disconnect', () => {
  test('removes just this user and answers the snapshot that follows', async () => {
    const [gone, stays] = [(await signIn('gone')).json(), (await signIn('stays')).json()];

    const answer = await post(`/users/${gone.id}/disconnect`);

    const users = (await get('/users')).json();
    expect(answer.json()).toEqual(users);
    expect(users.iterable).toContainEqual(stays);
    expect((await get(`/users/${gone.id}`)).statusCode).toBe(404);
  });

  test.each(['nobody', '%00', '%2e%2e', '*'])('finds nobody as %s', async (id) => {
    expect((await post(`/users/${id}/disconnect`)).statusCode).toBe(404);
  });
});

describe('the data', () => {
  test('is what it was after the store is opened again, odd names and all', async () => {
    const name = 'a\u0000b "quoted" \u{1f600} e\u0301';
    const before = (await signIn('odd\u0000subject', { name })).json();

    const again = openStore(dir);

    expect(again.find(before.id)).toMatchObject({
      identity: { subject: 'odd\u0000subject', name },
      created: before.created.value,
    });
    again.close();
  });
});

test.each([
  ['DELETE', '/users', 405],
  ['PUT', '/users/x', 405],
  ['GET', '/users/x/disconnect', 405],
  ['GET', '/elsewhere', 404],
] as const)('%s %s answers %i', async (method, url, status) => {
  expect((await app.inject({ method, url, headers })).statusCode).toBe(status);
});

test('the health address answers in plain text', async () => {
  expect((await get('/.well-known/health')).headers['content-type']).toContain('text/plain');
});
