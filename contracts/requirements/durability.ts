import type { Requirement } from './requirement.ts';

/** What outlives the process. */
export const durability = [] as const satisfies readonly Requirement[];
