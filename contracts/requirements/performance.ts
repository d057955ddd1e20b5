import type { Requirement } from './requirement.ts';

/** Latency, errors and cost under load; each is a budget. */
export const performance = [] as const satisfies readonly Requirement[];
