import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AttackerKey } from './attacker.ts';

/** An attacker's server on loopback: it gives out keys, and remembers whether anybody came for them. */
export interface HostileIssuer extends AsyncDisposable {
  /** No trailing slash. */
  readonly url: string;
  /** Method and path of every request so far. */
  readonly requests: readonly string[];
  /** Header parameters and claims by which a token may point here, each with its name. */
  readonly pointers: Readonly<Record<string, { header: object; claims?: object }>>;
}

/** Serves these keys as a JWKS at any path, as a certificate at `/cert`, and a discovery document that leads to them. */
export async function startHostileIssuer(keys: readonly AttackerKey[]): Promise<HostileIssuer> {
  const requests: string[] = [];
  const jwks = JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) });
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(`${request.method} ${path}`);
    if (path.startsWith('/cert')) return response.end(toPem(keys[0]?.certificate ?? Buffer.alloc(0)));
    const discovery = JSON.stringify({ issuer: url, jwks_uri: `${url}/jwks` });
    response.setHeader('content-type', 'application/json').end(path.includes('.well-known/') ? discovery : jwks);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    pointers: {
      jku: { header: { jku: `${url}/jwks`, kid: keys[0]?.publicJwk.kid } },
      'jku under our kid': { header: { jku: `${url}/jwks` } },
      x5u: { header: { x5u: `${url}/cert`, kid: undefined } },
      'x5u under our kid': { header: { x5u: `${url}/cert` } },
      'a kid that is an address': { header: { kid: `${url}/jwks` } },
      'an iss of its own': { header: { kid: keys[0]?.publicJwk.kid }, claims: { iss: url } },
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const toPem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
