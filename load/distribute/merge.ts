import { cellName, type Endpoint, type Plan } from '../k6/plan.ts';
import type { Summary } from '../run/summary.ts';

/** Counts add up; of a trend only count and maximum do. Percentiles come from the counts: `percentileOf`. */
export function mergeSummaries(summaries: readonly Summary[], plan: Plan): Summary {
  const metrics: Summary['metrics'] = {};
  for (const summary of summaries)
    for (const [name, { type, values }] of Object.entries(summary.metrics)) {
      const before = metrics[name]?.values ?? {};
      metrics[name] = { type, values: mergeValues(before, values) };
    }
  for (const endpoint of Object.keys(plan.limitsMs) as Endpoint[]) {
    const latency = metrics[`http_req_duration{name:${endpoint}}`];
    if (!latency) continue;
    for (const p of [50, 95, 99, 99.9]) latency.values[`p(${p})`] = percentileOf(metrics, plan, endpoint, p / 100);
  }
  const checks = new Map<string, Summary['checks'][number]>();
  for (const check of summaries.flatMap((summary) => summary.checks)) {
    const { passes = 0, fails = 0 } = checks.get(check.name) ?? {};
    checks.set(check.name, { name: check.name, passes: passes + check.passes, fails: fails + check.fails });
  }
  const durationMs = Math.max(1, ...summaries.map((summary) => summary.durationMs));
  return { id: plan.id, durationMs, metrics, checks: [...checks.values()] };
}

/** What can be added is, a maximum stays one, and everything else (percentiles, rates) is left out. */
function mergeValues(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const key of ['count', 'passes', 'fails']) if (key in b) merged[key] = (a[key] ?? 0) + b[key]!;
  if ('max' in b) merged.max = Math.max(a.max ?? b.max!, b.max!);
  // Of the lateness the worst pod counts.
  if ('p(99)' in b) merged['p(99)'] = Math.max(a['p(99)'] ?? 0, b['p(99)']!);
  return merged;
}

/** The percentile by the counts of the buckets, linear within one: in milliseconds, right to the width of its bucket. */
function percentileOf(metrics: Summary['metrics'], plan: Plan, endpoint: Endpoint, share: number): number {
  const limits = plan.limitsMs[endpoint] ?? [];
  const counts = [...limits, Number.POSITIVE_INFINITY].map((_, over) => {
    let count = 0;
    for (let block = 0; block < plan.blocks; block++)
      count += metrics[cellName(endpoint, block, over)]?.values.count ?? 0;
    return count;
  });
  const wanted = counts.reduce((sum, count) => sum + count, 0) * share;
  const most = metrics[`http_req_duration{name:${endpoint}}`]?.values.max ?? 0;
  let below = 0;
  for (const [over, count] of counts.entries()) {
    if (below + count >= wanted && count > 0) {
      // Wrong answers count as over every limit, however fast they were.
      const from = Math.min(most, over === 0 ? 0 : limits[over - 1]!);
      const to = Math.min(most, limits[over] ?? most);
      return from + ((wanted - below) / count) * (to - from);
    }
    below += count;
  }
  return most;
}
