import { randomUUID } from 'node:crypto';
import { type Budget, latencyLimits } from '../budgets.ts';
import { type Endpoint, JOURNEYS, type JourneyName, type Plan } from '../k6/plan.ts';
import { stepsOf, totalOf, type WorkloadName, workloads } from '../k6/workloads.ts';

/** One run of k6: a journey under a workload, at another rate (per second) or length (seconds) where given. */
export interface Part {
  readonly workload: WorkloadName;
  readonly journey: JourneyName;
  readonly rate?: number | undefined;
  readonly seconds?: number | undefined;
}

export interface PlanInput extends Part {
  readonly baseUrl: string;
  readonly budgets: readonly Budget[];
  readonly peopleFile?: string;
  /** Users that the snapshot may come to hold; default none. */
  readonly users?: number;
  /** Without it the summary goes to stdout. */
  readonly summaryFile?: string;
}

/** Seconds are the blocks; a long run has longer ones, so that k6 does not carry thousands of counters. */
const MOST_BLOCKS = 120;

/** Searching a snapshot costs k6 about 0.1 ms a user: one with more users than this is read less often than asked for. */
const USERS_READ_ALWAYS = 25;

/** Everything k6 is told for a part. */
export function buildPlan(input: PlanInput): Plan {
  const { seconds } = totalOf(stepsOfPart(input));
  const blockMs = Math.max(1, Math.ceil(seconds / MOST_BLOCKS)) * 1000;
  return {
    id: randomUUID(),
    baseUrl: input.baseUrl,
    ...(input.rate !== undefined && { rate: input.rate }),
    ...(input.seconds !== undefined && { seconds: input.seconds }),
    blocks: Math.ceil((seconds * 1000) / blockMs),
    blockMs,
    limitsMs: Object.fromEntries(endpointsOf(input).map((endpoint) => [endpoint, limitsFor(input, endpoint)])),
    thresholds: thresholdsFor(input),
    readEach: Math.max(1, Math.ceil((input.users ?? 0) / USERS_READ_ALWAYS)),
    ...(input.peopleFile !== undefined && { peopleFile: input.peopleFile }),
    ...(input.summaryFile !== undefined && { summaryFile: input.summaryFile }),
  };
}

/** The endpoints that a part sends to. */
export const endpointsOf = ({ journey }: Part): Endpoint[] => Object.keys(JOURNEYS[journey]) as Endpoint[];

export const stepsOfPart = ({ workload, rate, seconds }: Part) =>
  stepsOf(workloads[workload], { ...(rate !== undefined && { rate }), ...(seconds !== undefined && { seconds }) });

/** How many requests a part plans to send to an endpoint. */
export function plannedRequests(part: Part, endpoint: Endpoint): number {
  const perPass: { readonly [name in Endpoint]?: number } = JOURNEYS[part.journey];
  return totalOf(stepsOfPart(part)).iterations * (perPass[endpoint] ?? 0);
}

/** The budgets that a part decides, of one endpoint. */
export const budgetsOf = (budgets: readonly Budget[], part: Part, endpoint: Budget['endpoint']): Budget[] =>
  budgets.filter((budget) => budget.endpoint === endpoint && appliesTo(budget, part));

/** Whether a budget speaks of a part at all. */
export const appliesTo = ({ workloads: names, journeys }: Budget, { workload, journey }: Part): boolean =>
  names.includes(workload) && (journeys?.includes(journey) ?? true);

function limitsFor(input: PlanInput, endpoint: Endpoint): number[] {
  const limits = budgetsOf(input.budgets, input, endpoint).flatMap((budget) => latencyLimits(budget.limits));
  return [...new Set(limits.map(({ ms }) => ms))].sort((a, b) => a - b);
}

/**
 * k6 keeps figures by endpoint only for tags that a threshold names. A threshold on a tag that nothing carries, and a latency
 * threshold on a server that is down, both pass in k6: each endpoint must have been sent to and answered.
 */
function thresholdsFor(input: PlanInput): Record<string, string[]> {
  const byEndpoint = endpointsOf(input).flatMap((endpoint) => {
    const limits = budgetsOf(input.budgets, input, endpoint).map((budget) => budget.limits);
    const latency = limits.flatMap((limit) => latencyLimits(limit));
    const errorRate = Math.min(1, ...limits.flatMap((limit) => limit.errorRate ?? []));
    return [
      [`http_reqs{name:${endpoint}}`, ['count>0']],
      [
        `http_req_duration{name:${endpoint}}`,
        ['max>0', ...latency.map(({ ms, allowed }) => `p(${100 - allowed * 100})<=${ms}`)],
      ],
      [`wrong_answers{name:${endpoint}}`, [`count<=${Math.floor(errorRate * plannedRequests(input, endpoint))}`]],
    ] as const;
  });
  return {
    ...Object.fromEntries(byEndpoint.map(([metric, rules]) => [metric, [...rules]])),
    schedule_lag: ['max>=0'],
    dropped_iterations: ['count==0'],
  };
}
