import { describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { type Mint, openMint } from './mint.ts';
import { buildPerson } from './person.ts';
import { generateKeys } from './signing.ts';

const person = buildPerson('abcd1234');
const source = {
  kind: 'issuer',
  issuer: 'http://127.0.0.1:1',
  audience: 'the-api',
  clientId: 'the-client',
  keys: await generateKeys(),
} as const;
const mint = await openMint({ ...source, keys: [...source.keys] });
const verify = (token: string, { publicKeys }: Mint = mint) =>
  jwtVerify(token, createLocalJWKSet({ keys: publicKeys.call(mint) }), { algorithms: ['RS256', 'ES256'] });

describe('a good pair', () => {
  test('names the provider in the access token, the client in the id token, and the person in both', async () => {
    const { access_token, id_token, ...rest } = await mint.signIn(person);

    const profile = {
      sub: person.subject,
      email: person.email,
      name: person.name,
      picture: person.picture,
      nickname: person.nickname,
    };
    expect((await verify(access_token)).payload).toMatchObject({
      ...profile,
      iss: source.issuer,
      aud: 'the-api',
      client_id: 'the-client',
      azp: 'the-client',
      exp: expect.any(Number),
      iat: expect.any(Number),
      nbf: expect.any(Number),
      jti: expect.any(String),
    });
    expect((await verify(id_token as string)).payload).toMatchObject({
      ...profile,
      iss: source.issuer,
      aud: 'the-client',
    });
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600, scope: 'openid profile email' });
  });

  test('takes claims for both tokens and drops the undefined ones', async () => {
    const { access_token, id_token } = await mint.signIn(person, {
      claims: { name: '\u{1f600}', nbf: undefined },
      alg: 'ES256',
    });

    for (const token of [access_token, id_token as string]) {
      expect(decodeJwt(token)).toMatchObject({ name: '\u{1f600}' });
      expect(decodeJwt(token)).not.toHaveProperty('nbf');
      expect(decodeProtectedHeader(token).alg).toBe('ES256');
    }
  });
});

describe('a forged token', () => {
  test('verifies when nothing is forged', async () => {
    await expect(verify(await mint.accessToken(person))).resolves.toBeDefined();
  });

  test.each([
    ['by a foreign key under our kid', { sign: 'foreign' }],
    ['by nobody', { sign: 'none' }],
    ['by HMAC with the public key', { sign: 'hs256-with-public-key' }],
    ['for an hour ago', { claims: { exp: 1 } }],
  ] as const)('does not verify when signed %s', async (_how, forge) => {
    await expect(verify(await mint.accessToken(person, forge))).rejects.toThrow();
  });

  test('carries any header', async () => {
    const token = await mint.accessToken(person, {
      header: { kid: ['../x', 1], typ: undefined, jku: 'http://127.0.0.1:1' },
    });

    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: ['../x', 1], jku: 'http://127.0.0.1:1' });
  });

  test('has an empty signature without a key', async () => {
    expect(await mint.accessToken(person, { sign: 'none', header: { alg: 'nOnE' } })).toMatch(/^[\w-]+\.[\w-]+\.$/);
  });

  test.each(['RS256', 'ES256'] as const)('keeps every byte under a true %s signature', async (alg) => {
    const kid = mint.publicKeys().find((key) => key.alg === alg)?.kid;
    const payload = '{"sub":"a", "sub":"b"}';

    const token = await mint.rawSign(JSON.stringify({ alg, kid }), payload, alg);

    expect(Buffer.from(token.split('.')[1]!, 'base64url').toString()).toBe(payload);
    await expect(verify(token)).resolves.toBeDefined();
  });
});

const mintBy = (script: string) => openMint({ kind: 'command', command: ['node', '-e', script], cwd: process.cwd() });

describe('a token command', () => {
  test('gives what it prints', async () => {
    const mint = await mintBy(`console.log('{"access_token":"t","token_type":"Bearer","expires_in":9,"x":1}')`);

    expect(await mint.signIn(person)).toEqual({ access_token: 't', token_type: 'Bearer', expires_in: 9, x: 1 });
    expect([...mint.can]).toEqual(['tokens']);
  });

  test.each([
    [
      'fails',
      `console.error('first'); console.error('no session, access_token=s3cret'); process.exit(3)`,
      'no session, access_token=',
    ],
    ['prints no JSON', `console.log('s3cret')`, 'no JSON'],
    ['prints another object', `console.log('{"access_token":"s3cret"}')`, 'token_type'],
  ])('gives one line without the token when it %s', async (_how, script, part) => {
    const mint = await mintBy(script);

    const error = await mint.signIn(person).catch((cause: Error) => cause);

    expect(error).toMatchObject({ name: 'TokenError', message: expect.stringContaining(part) });
    expect(String(error)).not.toMatch(/s3cret|\n/);
  });

  test('says that it is not there', async () => {
    const mint = await openMint({ kind: 'command', command: ['no-such-program'], cwd: process.cwd() });

    await expect(mint.signIn(person)).rejects.toThrow('the token command "no-such-program" is not there');
  });
});

describe('no source', () => {
  test('can do nothing and says what to give', async () => {
    const mint = await openMint({ kind: 'none' });

    expect(mint.can.size).toBe(0);
    await expect(mint.signIn(person)).rejects.toThrow('--token-command');
  });
});
