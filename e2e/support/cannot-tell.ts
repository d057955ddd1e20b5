/** The target, or this machine (a tool is missing), does not offer what the check looks at: `skipped`, with this reason. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/** The check ran and found no answer (a search at its limit): `error`, with this reason. Never a pass. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}
