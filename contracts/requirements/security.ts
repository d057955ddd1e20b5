import type { Requirement } from './requirement.ts';

/** Tokens, hosts, origins, paths and secrets. */
export const security = [] as const satisfies readonly Requirement[];
