import { decodeJwt, type JWTPayload } from 'jose';

/** The claims of a token, good or not; none where it has none that can be read. */
export function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
