import { decodeJwt, type JWTPayload } from 'jose';
import { verifier } from '../../alterations/hooks.ts';
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
