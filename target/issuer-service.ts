import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import { Events, OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { z } from 'zod';
import { MINT_MEMBERS } from './discover.ts';
import { KeyMint } from './key-mint.ts';
import { mintRequestSchema, serveMintRequest } from './mint-request.ts';
import type { TokenSource } from './protocol/session.ts';
import { ALGORITHMS } from './signing.ts';

export type IssuerService = RequestListener;

interface MutableAnswer {
  readonly body: Record<string, unknown>;
}

/** POST mints (`mint-request.ts`), GET lists the public keys. */
const MINT_PATH = '/assay/mint';

/** Where the library serves the key set. */
const JWKS_PATH = '/jwks';

/** Public keys that are published before those that sign. */
export interface IdleKeys {
  /** Those that signed before. Private: the library takes no others. */
  readonly oldKeys?: readonly JWK[];
  /** Those of other kinds, public. */
  readonly otherKeys?: readonly JWK[];
}

/** The endpoints of an issuer with these keys. They never change: rotate by making another. */
export async function createIssuerService(
  source: TokenSource & { kind: 'issuer' },
  { oldKeys = [], otherKeys = [] }: IdleKeys = {},
): Promise<IssuerService> {
  const issuer = new OAuth2Issuer();
  issuer.url = source.issuer;
  for (const key of [...oldKeys, ...source.keys]) await issuer.keys.add(key);
  const service = new OAuth2Service(issuer);
  service.on(Events.BeforeWellKnownOpenIdConfiguration, ({ body }: MutableAnswer, { headers }: IncomingMessage) => {
    body.id_token_signing_alg_values_supported = ALGORITHMS;
    // By the name that the caller has for us: the issuer's URL may mean something to the provider only (a container's host).
    body[MINT_MEMBERS.endpoint] = `http://${headers.host}${MINT_PATH}`;
    body[MINT_MEMBERS.audience] = source.audience;
    body[MINT_MEMBERS.clientId] = source.clientId;
  });
  const mint = new KeyMint(source);
  service.addRoute('GET', MINT_PATH, (_request, response) => answer(response, 200, { keys: mint.publicKeys() }));
  service.addRoute('POST', MINT_PATH, async ({ body, headers }, response) => {
    // Any page in a browser may post here; none has a reason to.
    if (headers.origin) return answer(response, 403, { error: 'the mint serves no web pages' });
    const request = mintRequestSchema.safeParse(body ?? {});
    if (!request.success) return answer(response, 400, { error: z.prettifyError(request.error) });
    answer(response, 200, await serveMintRequest(mint, request.data));
  });
  if (otherKeys.length === 0) return service.requestHandler;
  return (request, response) =>
    request.url === JWKS_PATH
      ? answer(response, 200, { keys: [...otherKeys, ...issuer.keys.toJSON()] })
      : service.requestHandler(request, response);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
