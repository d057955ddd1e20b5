import { decodeJwt, type JWTPayload } from 'jose';
import { both, profile, type UserProfile, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';

/** The claims of a token, good or not; none where it has none that can be read. */
export function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

/** Does something with the claims of a token that is good. */
export const looksAt = (look: (claims: JWTPayload) => unknown): Alteration =>
  verifier((verify) => async (token) => {
    const identity = await verify(token);
    look(decodeJwt(token));
    return identity;
  });

/** Does something to a profile, each time it is written, with a claim as the last good token of its user had it. */
export const showsClaim =
  (claim: string, show: (profile: UserProfile, value: unknown) => unknown): Alteration =>
  (parts, settings) => {
    const told = new Map<string, unknown>();
    return both(
      looksAt((claims) => told.set(String(claims.sub), claims[claim])),
      profile((user, { identity: { subject } }) => {
        const value = told.get(subject);
        return value === undefined ? user : show(user, value);
      }),
    )(parts, settings);
  };
