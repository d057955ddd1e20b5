import type { Requirement } from './requirement.ts';

/** Malformed and hostile HTTP, and staying up. */
export const robustness = [] as const satisfies readonly Requirement[];
