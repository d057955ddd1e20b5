/** The target does not offer what this check looks at (no ETag to ask with): `skipped`, with this reason. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/** The check ran and found no answer (a search at its limit): `error`, with this reason. Never a pass. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}
