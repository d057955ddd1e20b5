import type { Requirement } from './requirement.ts';

/** What many clients at once may see. */
export const concurrency = [] as const satisfies readonly Requirement[];
