import { randomUUID } from 'node:crypto';
import type { Person } from './person.ts';

/** The payload of a JWT. */
export type Claims = Readonly<Record<string, unknown>>;

/** Whom tokens are for and from. */
export interface Parties {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
}

/** A good token lives this long, in seconds. */
export const LIFETIME_S = 3600;

/** The claims of a good access token. Source: design.md, "Tokens". */
export const buildAccessClaims = ({ issuer, audience, clientId }: Parties, person: Person): Claims => ({
  iss: issuer,
  aud: audience,
  ...common(person),
  jti: randomUUID(),
  client_id: clientId,
  azp: clientId,
  scope: 'openid profile email',
});

/** The claims of the id token beside it: for the client, not for the provider's API. */
export const buildIdClaims = ({ issuer, clientId }: Parties, person: Person): Claims => ({
  iss: issuer,
  aud: clientId,
  ...common(person),
  azp: clientId,
});

// Both carry the profile: a provider may rightly take it from either.
function common({ subject, name, email, picture, nickname }: Person) {
  const now = Math.floor(Date.now() / 1000);
  const profile = { name, email, email_verified: true, picture, nickname };
  return { sub: subject, iat: now, nbf: now, exp: now + LIFETIME_S, ...profile };
}

/** The claims with others laid over them; `undefined` removes one. */
export const overlay = (claims: Claims, over: Claims = {}): Claims =>
  Object.fromEntries(Object.entries({ ...claims, ...over }).filter(([, value]) => value !== undefined));
