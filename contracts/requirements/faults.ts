import type { Requirement } from './requirement.ts';

/** What a bad network, a bad issuer or a bad neighbour may do. */
export const faults = [] as const satisfies readonly Requirement[];
