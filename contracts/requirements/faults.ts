import { issuerFaults } from './faults/issuer.ts';
import { linkFaults } from './faults/links.ts';
import { neighbourFaults } from './faults/neighbours.ts';
import type { Requirement } from './requirement.ts';

/** What a bad network, a bad issuer or a bad neighbour may do. */
export const faults = [...issuerFaults, ...linkFaults, ...neighbourFaults] as const satisfies readonly Requirement[];
