import type { Budget } from '../budgets.ts';
import { type Endpoint, GRACE_SECONDS } from '../k6/plan.ts';
import { figuresOf } from '../run/figures.ts';
import { whyBusy } from '../trust/distrust.ts';
import { allRuns, type Counted, countRequests, cpuSecondsOfRun, type Series } from './series.ts';
import type { Finding } from './verdict.ts';

/** Whether the answers were right, and came: a finding where the budget limits wrong ones. */
export function judgeErrors(budget: Budget, endpoint: Endpoint, series: Series): Finding[] {
  const allowed = budget.limits.errorRate;
  if (allowed === undefined) return [];
  const isOver = (bad: number, { requests, unanswered }: Counted) => bad > allowed * (requests + unanswered);
  const decide = (counted: Counted) =>
    isOver(counted.wrong + counted.unanswered, counted) ? ('over' as const) : ('within' as const);
  const counted = countRequests(series.runs, endpoint);
  const confirmed = series.confirmation && countRequests([series.confirmation], endpoint);
  const faults = series.runs.flatMap((run) => (run.figures ? figuresOf(run.figures, endpoint).faults : []));
  const what = faults.slice(0, 3).map((fault) => `${fault.count} times ${fault.what}`);
  const { requests, wrong, unanswered } = counted;
  if (unanswered > 0) what.push(`${unanswered} times no answer for ${GRACE_SECONDS} s and more`);
  return [
    {
      requirement: budget.requirement,
      name: `${endpoint} answers rightly under ${series.part.workload}-${series.part.journey}`,
      expected: `at most ${allowed * 100} % of the answers are wrong or missing`,
      actual: [`${wrong + unanswered} of ${requests + unanswered} were wrong or missing`, ...what].join('; '),
      numbers: { requests, wrong, unanswered },
      decision: decide(counted),
      confirmed: confirmed && decide(confirmed),
      // A busy machine makes no answer wrong.
      excuse:
        isOver(wrong, counted) && (!confirmed || isOver(confirmed.wrong, confirmed)) ? undefined : whyLate(series),
    },
  ];
}

/** Why an answer may not have come because of the machine. */
function whyLate(series: Series): string | undefined {
  const waitedMs = GRACE_SECONDS * 1000;
  const targetCpuSeconds = cpuSecondsOfRun(series);
  return allRuns(series)
    .map((evidence) =>
      whyBusy({ evidence, limitMs: waitedMs, measuredMs: waitedMs, floorMs: undefined, targetCpuSeconds }),
    )
    .find((excuse) => excuse !== undefined);
}
