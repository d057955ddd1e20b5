import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An issuer for the tests of the provider: one key, one discovery document. */
export interface TestIssuer extends AsyncDisposable {
  readonly url: string;
  /** A token that is good but for what is overridden. */
  sign(claims?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  /** Publishes another key in place of this one. */
  rotate(): Promise<void>;
}

export const AUDIENCE = 'users-api';

export async function startTestIssuer(port = 0): Promise<TestIssuer> {
  let pair = await generateKeyPair('RS256', { extractable: true });
  let kid = 'key-1';
  const server = createServer(async (request, response) => {
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg: 'RS256', use: 'sig' }] };
    response.end(JSON.stringify(request.url?.endsWith('/jwks') ? jwks : { issuer: url, jwks_uri: `${url}/jwks` }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    sign: ({ sub = 'ada', exp, ...claims } = {}, header = {}) =>
      new SignJWT({ iss: url, aud: AUDIENCE, name: 'Ada', email: 'ada@example.com', sub, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid, ...header })
        .setExpirationTime(exp ?? '5m')
        .sign(pair.privateKey),
    async rotate() {
      pair = await generateKeyPair('RS256', { extractable: true });
      kid = 'key-2';
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
