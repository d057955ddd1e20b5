import { z } from 'zod';
import type { OAuthToken } from './mint.ts';
import { TokenError } from './token-error.ts';

const oAuthTokenSchema = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.enum(['Bearer', 'UNKNOWN']),
  expires_in: z.int(),
});

/** Reads an OAuthToken that somebody else made. Throws a TokenError that names the fault and never the text: it may be a token. */
export function parseOAuthToken(text: string, from: string): OAuthToken {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new TokenError(`${from} gave no JSON: an OAuthToken object is expected`);
  }
  const parsed = oAuthTokenSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TokenError(`${from} gave no OAuthToken: ${issue?.path.join('.')}: ${issue?.message}`);
}
