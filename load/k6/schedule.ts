import type { Options, Scenario } from 'k6/options';
import { plan } from './given.ts';
import { cellName, type Endpoint, GRACE_SECONDS } from './plan.ts';
import { type Step, stepsOf, type Workload } from './workloads.ts';

/**
 * One VU holds one request in flight: there are enough for three quarters of a second's worth, and more are made when the target
 * stalls. Each costs k6 about 0.7 MB and 3 ms of CPU time, which shows in the latencies: no more than are likely to be needed.
 */
const vus = (rate: number) => ({
  preAllocatedVUs: Math.min(400, Math.ceil(rate * 0.75) + 5),
  maxVUs: Math.min(4000, Math.max(100, rate * 5)),
});

const scenarioOf = (step: Step): Scenario => ({
  executor: 'constant-arrival-rate',
  rate: step.rate,
  timeUnit: '1s',
  duration: `${step.seconds}s`,
  startTime: `${step.startsAtSeconds}s`,
  gracefulStop: `${GRACE_SECONDS}s`,
  ...vus(step.rate),
});

/** k6 keeps the figures of a tag only where a threshold names it: one for each cell, that nothing crosses. */
function cellThresholds(): Record<string, string[]> {
  const limits = Object.entries(plan.limitsMs) as [Endpoint, readonly number[]][];
  const cells = limits.flatMap(([endpoint, { length }]) =>
    Array.from({ length: plan.blocks * (length + 1) }, (_, place) =>
      cellName(endpoint, place % plan.blocks, Math.floor(place / plan.blocks)),
    ),
  );
  return Object.fromEntries(cells.map((name) => [name, ['count>=0']]));
}

/** k6's options for a workload: a scenario for each step, open model, the plan's thresholds. */
export function schedule(workload: Workload): Options {
  return {
    scenarios: Object.fromEntries(stepsOf(workload, plan).map((step) => [step.name, scenarioOf(step)])),
    thresholds: { ...cellThresholds(), ...(plan.thresholds as Record<string, string[]>) },
    discardResponseBodies: true,
    summaryTrendStats: ['min', 'avg', 'p(50)', 'p(95)', 'p(99)', 'p(99.9)', 'max', 'count'],
    systemTags: ['name', 'status', 'error_code', 'expected_response', 'scenario', 'group', 'check'],
    userAgent: 'assay-load',
  };
}
