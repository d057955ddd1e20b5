import type { Requirement } from './requirement.ts';

/** Whose user is whose: nobody is merged, mixed up or duplicated. */
export const identity = [] as const satisfies readonly Requirement[];
