import { plan } from './given.ts';

/** The part of k6's object that is handed on. Source: the object that k6 2.x gives to `handleSummary`. */
interface K6Data {
  readonly metrics: Record<string, { type: string; values: Record<string, number>; thresholds?: object }>;
  readonly root_group: { readonly checks: readonly { name: string; passes: number; fails: number }[] };
  readonly state: { readonly testRunDurationMs: number };
}

/** Writes k6's figures as they are: k6's own machine-readable summary has no p99. `load/run/summary.ts` reads it. */
export function handleSummary({ metrics, root_group, state }: K6Data): Record<string, string> {
  const { checks } = root_group;
  const text = JSON.stringify({ id: plan.id, durationMs: state.testRunDurationMs, metrics, checks });
  return { [plan.summaryFile ?? 'stdout']: text };
}
