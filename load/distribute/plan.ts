import { readBudgets } from '../budgets.ts';
import type { Plan } from '../k6/plan.ts';
import { buildPlan, type Part } from '../run/plan.ts';
import type { DistributeOptions } from './options.ts';

/** Bounds in milliseconds beside the budgets' own: percentiles of many pods are read from counts, never from their percentiles. */
const BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

export const partOf = ({
  workload,
  journey,
  rate,
  seconds,
}: Pick<DistributeOptions, 'workload' | 'journey' | 'rate' | 'seconds'>): Part => ({
  workload,
  journey,
  rate,
  seconds,
});

/** The plan that every pod runs its segment of. It names no file: the summary goes to stdout, the people come from a Secret. */
export async function buildDistributedPlan(options: DistributeOptions): Promise<Plan> {
  const budgets = await readBudgets(options.budgets);
  const plan = buildPlan({ ...partOf(options), baseUrl: options.baseUrl, budgets });
  const limitsMs = Object.entries(plan.limitsMs).map(([endpoint, limits]) => [
    endpoint,
    [...new Set([...limits, ...BOUNDS])].sort((a, b) => a - b),
  ]);
  return { ...plan, limitsMs: Object.fromEntries(limitsMs) };
}
