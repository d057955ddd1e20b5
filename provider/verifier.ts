import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
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

/**
 * Verifies access tokens against the issuer's published keys: RS256 and ES256 only, issuer, audience, expiry, not-before, a
 * subject. The issuer is first asked when the first token comes, so that a provider starts without it. Source: RFC 8725, RFC 9068.
 */
export function createVerifier({ issuer, audience }: { issuer: string; audience: string }): Verifier {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  return async (accessToken) => {
    try {
      keys ??= createRemoteJWKSet(await discoverKeys(issuer), {
        timeoutDuration: ISSUER_LIMIT_MS,
        cooldownDuration: KEY_COOLDOWN_MS,
      });
      const { payload } = await jwtVerify(accessToken, keys, {
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
        ? new Problem(401, 'The token is not valid.')
        : new Problem(503, 'The issuer cannot be asked.');
    }
  };
}

async function discoverKeys(issuer: string): Promise<URL> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(ISSUER_LIMIT_MS) });
  const document = (await answer.json()) as { jwks_uri: string };
  return new URL(document.jwks_uri);
}

/** jose's errors about a token; those about fetching keys are the issuer's fault. */
const isTokenFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

function identityOf(claims: JWTPayload): Identity {
  if (typeof claims.sub !== 'string' || claims.sub === '') throw new Problem(401, 'The token names no subject.');
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' ? { [name]: value.toWellFormed() } : {};
  };
  const picture = URL.canParse(String(claims.picture)) ? text('picture') : {};
  return { subject: claims.sub.toWellFormed(), ...text('name'), ...text('email'), ...text('nickname'), ...picture };
}
