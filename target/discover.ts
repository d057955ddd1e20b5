import { z } from 'zod';
import type { TokenSource } from './protocol/session.ts';
import { TokenError } from './token-error.ts';

const TIME_LIMIT_MS = 5000;

/** Our own members of the discovery document: they tell another Assay process how to get tokens. */
export const MINT_MEMBERS = {
  endpoint: 'assay_mint_endpoint',
  audience: 'assay_audience',
  clientId: 'assay_client_id',
} as const;

const discoverySchema = z.looseObject({
  issuer: z.url(),
  jwks_uri: z.url(),
  [MINT_MEMBERS.endpoint]: z.url().optional(),
  [MINT_MEMBERS.audience]: z.string().optional(),
  [MINT_MEMBERS.clientId]: z.string().optional(),
});
type Discovery = z.infer<typeof discoverySchema>;

/** The token source of an issuer that runs already (`--issuer-url`). Throws a TokenError when it is none, or not one that mints for us. */
export async function discoverIssuer(url: string): Promise<TokenSource & { kind: 'remote' }> {
  const document = await fetchDiscovery(url);
  const { assay_mint_endpoint: mint, assay_audience: audience, assay_client_id: clientId } = document;
  if (!mint || !audience || !clientId) {
    throw new TokenError(
      `the issuer ${url} mints no tokens for us (no ${MINT_MEMBERS.endpoint}): give --token-command`,
    );
  }
  return { kind: 'remote', issuer: document.issuer, audience, clientId, mint };
}

/** Reads the discovery document below an issuer's URL. Throws a TokenError. */
export async function fetchDiscovery(issuer: string): Promise<Discovery> {
  const url = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const parsed = discoverySchema.safeParse(await fetchJson(url));
  if (!parsed.success) throw new TokenError(`${url} is no discovery document: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

/** Gets a JSON document of an issuer. Throws a TokenError. */
export async function fetchJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT_MS) });
    if (!response.ok) throw new TokenError(`${url} answered ${response.status}`);
    return await response.json();
  } catch (cause) {
    if (cause instanceof TokenError) throw cause;
    throw new TokenError(`no JSON from ${url}: ${(cause as Error).message}`, { cause });
  }
}
