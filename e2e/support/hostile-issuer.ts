import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AttackerKey, makeAttackerKey } from './attacker.ts';

/** How a token points to the attacker: what is laid over its header and its claims. */
export interface Pointer {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** An attacker's server on loopback: it gives out the attacker's key, and remembers whether anybody came for it. */
export interface HostileIssuer extends AsyncDisposable {
  readonly key: AttackerKey;
  /** Method and path of every request so far. */
  readonly requests: readonly string[];
  /** Every way to point here, by its name. */
  readonly pointers: Readonly<Record<string, Pointer>>;
}

/** Serves the key as a JWKS at any path, as a certificate at `/cert`, and a discovery document that leads to it. */
export async function startHostileIssuer(): Promise<HostileIssuer> {
  const key = await makeAttackerKey('RS256');
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(`${request.method} ${path}`);
    if (path === '/cert') return response.end(toPem(key.certificate));
    const document = path.includes('/.well-known/')
      ? { issuer: url, jwks_uri: `${url}/jwks` }
      : { keys: [key.publicJwk] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { kid } = key.publicJwk;
  return {
    key,
    requests,
    pointers: {
      'a jku': { header: { jku: `${url}/jwks`, kid } },
      'a jku under our kid': { header: { jku: `${url}/jwks` } },
      'an x5u': { header: { x5u: `${url}/cert`, kid: undefined } },
      'an x5u under our kid': { header: { x5u: `${url}/cert` } },
      'a kid that is an address': { header: { kid: `${url}/jwks` } },
      'an iss with keys of its own': { header: { kid }, claims: { iss: url } },
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const toPem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
