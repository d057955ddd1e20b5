/** Options of a check on a target of its own that trusts an issuer of the check. Each step has a limit of its own below this. */
export const ISSUER = { needs: ['fresh', 'issuer'], timeoutMs: 180_000 } as const;

/** The same; half a minute without an answer, and a minute of tries in vain, are proof and need no second run. */
export const PATIENT = { ...ISSUER, once: true } as const;

/** So many clients that misbehave, a server with a few workers for all must bear. */
export const FEW = 3;

/** Options of a check on a target of its own whose other clients are a nuisance. */
export const OWN = { needs: ['claims', 'fresh'], timeoutMs: 120_000 } as const;
