import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Problem } from './problem.ts';
import type { Identity } from './user.ts';

/** Says whose an access token is. Rejects with a `Problem`: 401 for a bad token, 503 when the issuer cannot be asked. */
export type Verifier = (accessToken: string) => Promise<Identity>;

/** How long the issuer may take to answer, in milliseconds. */
const ISSUER_LIMIT_MS = 3_000;
/** After a look at the issuer's keys, an unknown key is not looked for again for so long, in milliseconds. */
const KEY_COOLDOWN_MS = 5_000;
/** Clocks differ: seconds. */
const LEEWAY_S = 5;
// RFC 6750 section 3.1
const INVALID = { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };

/**
 * Verifies access tokens against the issuer's published keys: RS256 and ES256 only, issuer, audience, expiry, not-before, a
 * subject. The issuer is first asked when the first token comes, so that a provider starts without it. Source: RFC 8725, RFC 9068.
 */
export function createVerifier({ issuer, audience }: { issuer: string; audience: string }): Verifier {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const findKeys = (): Promise<JWTVerifyGetKey> => {
    // Sign-ins that come while the issuer is asked wait for one answer, and none for a failure of before.
    keys ??= discoverKeys(issuer).catch((error) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };

  return async (accessToken) => {
    try {
      const { payload } = await jwtVerify(accessToken, await findKeys(), {
        issuer,
        audience,
        algorithms: ['RS256', 'ES256'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: LEEWAY_S,
      });
      return identityOf(payload);
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw isTokenFault(error)
        ? new Problem(401, 'The token is not valid.', INVALID)
        : new Problem(503, 'The issuer cannot be asked.', { cause: error });
    }
  };
}

/** Source: OpenID Connect Discovery section 4.3: a document that names another issuer is not this one's. */
async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(ISSUER_LIMIT_MS) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown } | null;
  if (document?.issuer !== issuer) throw new Error(`${url} is about another issuer`);
  return createRemoteJWKSet(new URL(String(document.jwks_uri)), {
    timeoutDuration: ISSUER_LIMIT_MS,
    cooldownDuration: KEY_COOLDOWN_MS,
  });
}

/** jose's errors about a token; those about fetching keys are the issuer's fault. */
const isTokenFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

/** Takes what the provider keeps from claims that were verified. Throws a `Problem` where there is no subject. */
export function identityOf(claims: JWTPayload): Identity {
  if (typeof claims.sub !== 'string' || claims.sub === '')
    throw new Problem(401, 'The token names no subject.', INVALID);
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' ? { [name]: value.toWellFormed() } : {};
  };
  // The subject stays as it is, odd surrogates and all: what is mended could be somebody else's.
  return {
    subject: claims.sub,
    ...text('name'),
    ...text('email'),
    ...text('nickname'),
    ...(isPicture(claims.picture) ? text('picture') : {}),
  };
}

/** An address that a page may load as an image, in the characters that an URI has: no script, no data. */
const isPicture = (claim: unknown): boolean =>
  typeof claim === 'string' && /^https?:[!-~]+$/i.test(claim) && URL.canParse(claim);
