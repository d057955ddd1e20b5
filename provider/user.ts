/** What the issuer says of somebody. Only this leaves the verifier: no token, no other claim. */
export interface Identity {
  /** Unique at the issuer: the same subject is the same user. */
  readonly subject: string;
  readonly name?: string;
  readonly email?: string;
  readonly picture?: string;
  readonly nickname?: string;
}

/** A user as it is kept. */
export interface User {
  readonly id: string;
  readonly identity: Identity;
  /** ISO 8601 with microseconds. */
  readonly created: string;
  readonly updated: string;
}
