import type { Budget } from '../budgets.ts';
import { figure } from '../run/summary.ts';
import type { Series, SeriesCost } from './series.ts';
import type { Finding } from './verdict.ts';

const MB = 2 ** 20;

/** What the target's processes cost: a finding for each limit of a budget of the server. */
export function judgeCost(budget: Budget, series: Series, cost: SeriesCost): Finding[] {
  const requests = series.runs.reduce(
    (sum, { figures }) => sum + (figures ? figure(figures, 'http_reqs', 'count') : 0),
    0,
  );
  const { cpuMsPerRequest, peakRssMb, rssGrowthMb } = budget.limits;
  const figures = [
    {
      limit: cpuMsPerRequest,
      value: (cost.cpuSeconds * 1000) / Math.max(1, requests),
      unit: 'ms of CPU time a request',
    },
    { limit: peakRssMb, value: cost.peakRssBytes / MB, unit: 'MB of memory at the peak' },
    { limit: rssGrowthMb, value: cost.rssGrowthBytes / MB, unit: 'MB of growth' },
  ];
  return figures.flatMap(({ limit, value, unit }) =>
    limit === undefined
      ? []
      : [
          {
            requirement: budget.requirement,
            name: `the server keeps to ${limit} ${unit} under ${series.part.workload}-${series.part.journey}`,
            expected: `at most ${limit} ${unit}`,
            actual: `${value.toFixed(2)} ${unit}`,
            numbers: {
              requests,
              cpuSeconds: cost.cpuSeconds,
              peakRssBytes: cost.peakRssBytes,
              rssGrowthBytes: cost.rssGrowthBytes,
            },
            decision: value <= limit ? ('within' as const) : ('over' as const),
          },
        ],
  );
}
