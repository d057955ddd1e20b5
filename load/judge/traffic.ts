import type { Budget } from '../budgets.ts';
import type { Endpoint } from '../k6/plan.ts';
import { endpointsOf, plannedRequests } from '../run/plan.ts';
import { figure } from '../run/summary.ts';
import { whyShort } from '../trust/distrust.ts';
import { countRequests, type Series } from './series.ts';
import type { Finding } from './verdict.ts';

/** Throughput and bytes. `users` is the number of profiles in the snapshot when the series began; undefined: not known. */
export function judgeTraffic(budget: Budget, endpoint: Endpoint, series: Series, users: number | undefined): Finding[] {
  const { throughputShare, bytesPerAnswer, bytesPerUser } = budget.limits;
  const { requirement } = budget;
  const under = `under ${series.part.workload}-${series.part.journey}`;
  const findings: Finding[] = [];

  if (throughputShare !== undefined) {
    const { wrong, requests } = countRequests(series.runs, endpoint);
    const planned = plannedRequests(series.part, endpoint) * series.runs.length;
    const share = (requests - wrong) / planned;
    findings.push({
      requirement,
      name: `${endpoint} keeps up ${under}`,
      expected: `at least ${throughputShare * 100} % of ${planned} planned requests are answered rightly`,
      actual: `${requests - wrong} were`,
      numbers: { planned, answered: requests - wrong, share },
      decision: share >= throughputShare ? 'within' : 'over',
      // What was never sent cannot be held against the target.
      excuse: series.runs.map((run) => whyShort(run)).find((reason) => reason !== undefined),
    });
  }

  const bytes = bytesOf(series);
  const limits = [
    { limit: bytesPerAnswer, per: 'answer', divisor: 1 },
    {
      limit: users === undefined ? undefined : bytesPerUser,
      per: 'user in the answer',
      divisor: Math.max(1, users ?? 1),
    },
  ];
  for (const { limit, per, divisor } of limits) {
    if (limit === undefined || bytes === undefined) continue;
    findings.push({
      requirement,
      name: `${endpoint} sends at most ${limit} bytes for each ${per} ${under}`,
      expected: `at most ${limit} bytes on the wire for each ${per}`,
      actual: `${Math.round(bytes / divisor)} bytes`,
      numbers: { bytesPerAnswer: bytes, ...(users !== undefined && { users }) },
      decision: bytes / divisor <= limit ? 'within' : 'over',
    });
  }
  return findings;
}

/** Bytes on the wire for each answer. k6 counts bytes by run, not by endpoint: undefined where a journey has several. */
function bytesOf({ part, runs }: Series): number | undefined {
  if (endpointsOf(part).length !== 1) return undefined;
  const total = (metric: string) =>
    runs.reduce((sum, { figures }) => sum + (figures ? figure(figures, metric, 'count') : 0), 0);
  const requests = total('http_reqs');
  return requests === 0 ? undefined : total('data_received') / requests;
}
