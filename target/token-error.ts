/** A token could not be had: no evidence against the provider. The message is one line and holds no token. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}
