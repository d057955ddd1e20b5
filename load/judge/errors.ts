import type { Budget } from '../budgets.ts';
import type { Endpoint } from '../k6/plan.ts';
import { figuresOf } from '../run/figures.ts';
import { countWrong, type Series } from './series.ts';
import type { Finding } from './verdict.ts';

/** Whether the answers were right: a finding where the budget limits wrong ones. */
export function judgeErrors(budget: Budget, endpoint: Endpoint, series: Series): Finding[] {
  const allowed = budget.limits.errorRate;
  if (allowed === undefined) return [];
  const decide = ({ wrong, requests }: { wrong: number; requests: number }) =>
    wrong > allowed * requests ? ('over' as const) : ('within' as const);
  const counted = countWrong(series.runs, endpoint);
  const faults = series.runs.flatMap((run) => (run.figures ? figuresOf(run.figures, endpoint).faults : []));
  const what = faults.slice(0, 3).map((fault) => `${fault.count} times ${fault.what}`);
  return [
    {
      requirement: budget.requirement,
      name: `${endpoint} answers rightly under ${series.part.workload}-${series.part.journey}`,
      expected: `at most ${allowed * 100} % of the answers are wrong or missing`,
      actual: [`${counted.wrong} of ${counted.requests} were wrong or missing`, ...what].join('; '),
      numbers: { requests: counted.requests, wrong: counted.wrong },
      decision: decide(counted),
      confirmed: series.confirmation && decide(countWrong([series.confirmation], endpoint)),
    },
  ];
}
