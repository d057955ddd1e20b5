import { cellName, type Endpoint, sentName } from '../k6/plan.ts';
import { buildPlan, endpointsOf, type Part, plannedRequests } from '../run/plan.ts';
import type { Summary } from '../run/summary.ts';
import type { Evidence } from '../trust/evidence.ts';

export interface EvidenceInput {
  readonly part?: Part;
  /** Limits in milliseconds, ascending, of each endpoint of the part. */
  readonly limitsMs?: readonly number[];
  /** Of all requests, the shares that went over 1, 2, … limits. */
  readonly over?: readonly number[];
  readonly wrong?: number;
  readonly dropped?: number;
  /** Requests to each endpoint that were answered; all that were planned where absent. */
  readonly answered?: number;
  /** Requests to each endpoint that were still waited for at the end; none where absent. */
  readonly unanswered?: number;
  readonly p99Ms?: number;
  readonly lagMs?: number;
  readonly machine?: Partial<Evidence['machine']>;
}

/** What k6 would have left of a run of 10 s at 100 requests per second, spread evenly over the seconds. */
export function buildEvidence(input: EvidenceInput = {}): Evidence {
  const { part = { workload: 'average', journey: 'snapshot', rate: 100, seconds: 10 }, limitsMs = [100] } = input;
  const endpoints = endpointsOf(part);
  const plan = {
    ...buildPlan({ ...part, baseUrl: 'http://127.0.0.1:1', budgets: [] }),
    limitsMs: Object.fromEntries(endpoints.map((endpoint) => [endpoint, limitsMs])),
  };
  const metrics: Summary['metrics'] = {};
  const count = (name: string, value: number) => (metrics[name] = { type: 'counter', values: { count: value } });
  const answered = (endpoint: Endpoint) => input.answered ?? plannedRequests(part, endpoint);
  for (const endpoint of endpoints) addEndpoint(metrics, endpoint, answered(endpoint), input, plan.blocks);
  const requests = endpoints.reduce((sum, endpoint) => sum + answered(endpoint), 0);
  count('iterations', requests);
  count('http_reqs', requests);
  count('data_received', requests * 1000);
  count('dropped_iterations', input.dropped ?? 0);
  metrics.schedule_lag = { type: 'trend', values: { 'p(99)': input.lagMs ?? 1, count: requests } };
  const figures: Summary = { id: plan.id, durationMs: 10_000, metrics, checks: [] };
  const machine = { cores: 2, generatorShare: 0.1, generatorCpuSeconds: 2, busyShare: 0.2, ...input.machine };
  return { part, plan, figures, unreadable: undefined, exitCode: 0, stderr: '', summary: '', machine };
}

function addEndpoint(
  metrics: Summary['metrics'],
  endpoint: Endpoint,
  requests: number,
  { limitsMs = [100], over = [], wrong = 0, p99Ms = 10, unanswered = 0 }: EvidenceInput,
  blocks: number,
): void {
  const shares = [1 - over.reduce((sum, share) => sum + share, 0), ...over];
  const counter = (count: number): Summary['metrics'][string] => ({ type: 'counter', values: { count } });
  for (let block = 0; block < blocks; block++)
    for (let rank = 0; rank <= limitsMs.length; rank++)
      metrics[cellName(endpoint, block, rank)] = counter(Math.round((requests / blocks) * (shares[rank] ?? 0)));
  metrics[sentName(endpoint)] = counter(requests + unanswered);
  const latency = { 'p(50)': p99Ms / 2, 'p(95)': p99Ms, 'p(99)': p99Ms, max: p99Ms, count: requests };
  metrics[`http_req_duration{name:${endpoint}}`] = { type: 'trend', values: latency };
  metrics[`http_reqs{name:${endpoint}}`] = counter(requests);
  metrics[`wrong_answers{name:${endpoint}}`] = counter(wrong);
}
