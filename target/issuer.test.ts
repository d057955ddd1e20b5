import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import getPort from 'get-port';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { discoverIssuer, fetchDiscovery } from './discover.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { openMint } from './mint.ts';
import { buildPerson } from './person.ts';

const person = buildPerson('abcd1234');

/** Verifies as a provider would: from the issuer's URL alone. */
async function verify(token: string, { url, audience }: Issuer) {
  const { jwks_uri } = await fetchDiscovery(url);
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), { issuer: url, audience });
}

describe('startIssuer', () => {
  test.each(['RS256', 'ES256'] as const)('publishes the key that verifies its %s tokens', async (alg) => {
    await using issuer = await startIssuer();
    const mint = await openMint(issuer.source);

    const { access_token } = await mint.signIn(person, { alg });

    expect((await verify(access_token, issuer)).payload.sub).toBe(person.subject);
  });

  test('publishes no private member of a key', async () => {
    await using issuer = await startIssuer();
    const { jwks_uri } = await fetchDiscovery(issuer.url);

    const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: object[] };

    expect(keys).toHaveLength(2);
    expect(JSON.stringify(keys)).not.toMatch(/"(?:d|p|q|dp|dq|qi)":/);
  });

  test('verifies new tokens and no old ones after a rotation', async () => {
    await using issuer = await startIssuer();
    const old = await (await openMint(issuer.source)).signIn(person);

    await issuer.rotateKeys();

    const fresh = await (await openMint(issuer.source)).signIn(person);
    await expect(verify(fresh.access_token, issuer)).resolves.toBeDefined();
    await expect(verify(old.access_token, issuer)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  test('publishes keys later than it signs with them when told to', async () => {
    await using issuer = await startIssuer();
    await issuer.renewKeys();
    const { access_token } = await (await openMint(issuer.source)).signIn(person);
    await expect(verify(access_token, issuer)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });

    await issuer.publishKeys();

    await expect(verify(access_token, issuer)).resolves.toBeDefined();
  });

  test('takes tokens of its old and of its new keys while both are published', async () => {
    await using issuer = await startIssuer();
    const old = await (await openMint(issuer.source)).signIn(person);

    await issuer.addKeys();

    const fresh = await (await openMint(issuer.source)).signIn(person);
    expect(decodeProtectedHeader(fresh.access_token).kid).not.toBe(decodeProtectedHeader(old.access_token).kid);
    await expect(verify(fresh.access_token, issuer)).resolves.toBeDefined();
    await expect(verify(old.access_token, issuer)).resolves.toBeDefined();
  });

  test('publishes keys of other kinds before its own when told to', async () => {
    await using issuer = await startIssuer();
    const { access_token } = await (await openMint(issuer.source)).signIn(person);

    await issuer.addOtherKeys();

    const { jwks_uri } = await fetchDiscovery(issuer.url);
    const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: { alg: string; use: string }[] };
    expect(keys.map(({ alg, use }) => `${alg} ${use}`)).toEqual([
      'RSA-OAEP enc',
      'EdDSA sig',
      'ES512 sig',
      'RS256 sig',
      'ES256 sig',
    ]);
    await expect(verify(access_token, issuer)).resolves.toBeDefined();
  });

  test('mints over HTTP what it mints by key', async () => {
    await using issuer = await startIssuer();
    const mint = await openMint(await discoverIssuer(issuer.url));

    const { access_token } = await mint.signIn(person, { claims: { nickname: undefined, role: 'x' } });

    const { payload } = await verify(access_token, issuer);
    expect(payload).toMatchObject({ sub: person.subject, email: person.email, role: 'x' });
    expect(payload).not.toHaveProperty('nickname');
  });

  test('mints for a person with curl and an empty request', async () => {
    await using issuer = await startIssuer();

    const response = await fetch(`${issuer.url}/assay/mint`, { method: 'POST' });

    expect(await response.json()).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String) });
  });

  test('mints nothing for a web page or a request it does not know', async () => {
    await using issuer = await startIssuer();
    const ask = (headers: Record<string, string>, body: string) =>
      fetch(`${issuer.url}/assay/mint`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });

    expect((await ask({ origin: 'https://evil.example' }, '{}')).status).toBe(403);
    expect((await ask({}, '{"persona":{}}')).status).toBe(400);
  });

  test('refuses connections while it is down and comes back on the same port', async () => {
    await using issuer = await startIssuer();

    await issuer.setFault('down');
    await expect(fetchDiscovery(issuer.url)).rejects.toMatchObject({ name: 'TokenError' });

    await issuer.setFault('none');
    await expect(fetchDiscovery(issuer.url)).resolves.toMatchObject({ issuer: issuer.url });
  });

  test.each(['garbage', 'empty', 'error'] as const)('answers with %s when told to', async (fault) => {
    await using issuer = await startIssuer();

    await issuer.setFault(fault);

    await expect(fetchDiscovery(issuer.url)).rejects.toMatchObject({ name: 'TokenError' });
  });

  test('takes requests and answers none when told to hang', async () => {
    await using issuer = await startIssuer();
    await issuer.setFault('hang');

    await expect(fetch(issuer.url, { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  test.each([
    ['hang', 'closed'],
    ['lost', 'waiting'],
  ] as const)('leaves a request of a %s %s when it works again', async (fault, left) => {
    await using issuer = await startIssuer();
    await issuer.setFault(fault);
    const asked = issuer.asked();
    const request = fetch(issuer.url).then(
      () => 'answered',
      () => 'closed',
    );
    await asked;

    await issuer.setFault('none');

    expect(await Promise.race([request, sleep(100, 'waiting')])).toBe(left);
    await fetchDiscovery(issuer.url);
  });

  test('says when it is asked, before it answers', async () => {
    await using issuer = await startIssuer();
    await issuer.setFault({ delayMs: 60 });
    const order: string[] = [];

    const asked = issuer.asked().then(() => order.push('asked'));
    await fetchDiscovery(issuer.url).then(() => order.push('answered'));
    await asked;

    expect(order).toEqual(['asked', 'answered']);
  });

  test('goes by another URL where one is given, and mints under the one it is asked by', async () => {
    const port = await getPort({ host: '127.0.0.1' });
    await using _issuer = await startIssuer({ port, url: 'http://issuer.test:9' });

    const source = await discoverIssuer(`http://127.0.0.1:${port}`);
    const { access_token } = await (await openMint(source)).signIn(person);

    expect(source).toMatchObject({ issuer: 'http://issuer.test:9', mint: `http://127.0.0.1:${port}/assay/mint` });
    expect(decodeJwt(access_token).iss).toBe('http://issuer.test:9');
  });

  test('answers late when told to', async () => {
    await using issuer = await startIssuer();
    await issuer.setFault({ delayMs: 60 });

    const startedAt = performance.now();
    await fetchDiscovery(issuer.url);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
  });
});

describe('discoverIssuer', () => {
  test('says in one line that nothing answers', async () => {
    await expect(discoverIssuer('http://127.0.0.1:9')).rejects.toMatchObject({
      name: 'TokenError',
      message: expect.stringMatching(/^no JSON from http:\/\/127\.0\.0\.1:9\/.*$/),
    });
  });
});
