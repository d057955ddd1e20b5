import type { CheckResult } from '../../target/protocol/result.ts';
import type { Budget } from '../budgets.ts';
import { budgetsOf, endpointsOf } from '../run/plan.ts';
import type { Floor } from '../trust/busy.ts';
import { judgeCost } from './cost.ts';
import { judgeErrors } from './errors.ts';
import { judgeLatency } from './latency.ts';
import type { Series } from './series.ts';
import { judgeTraffic } from './traffic.ts';
import { judge } from './verdict.ts';

/** What is known beside the series itself. */
export interface Circumstances {
  readonly budgets: readonly Budget[];
  readonly floor: Floor | undefined;
  /** Profiles in the snapshot when the series began; undefined where nobody counted them. */
  readonly users: number | undefined;
}

/** Every check that a series decides: one for each limit of each budget that names its workload. */
export function judgePart(series: Series, { budgets, floor, users }: Circumstances): CheckResult[] {
  const ofEndpoints = endpointsOf(series.part).flatMap((endpoint) =>
    budgetsOf(budgets, series.part, endpoint).flatMap((budget) => [
      ...judgeErrors(budget, endpoint, series),
      ...judgeLatency(budget, endpoint, series, floor),
      ...judgeTraffic(budget, endpoint, series, users),
    ]),
  );
  const server = budgetsOf(budgets, series.part, 'server');
  const ofServer = server.flatMap((budget) => (series.cost ? judgeCost(budget, series, series.cost) : []));
  return [...ofEndpoints, ...ofServer].map((finding) => judge(finding, series));
}
