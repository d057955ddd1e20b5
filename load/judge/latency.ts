import { type Budget, latencyLimits } from '../budgets.ts';
import { type Endpoint, GRACE_SECONDS } from '../k6/plan.ts';
import type { MachineFigures } from '../machine/watch.ts';
import { type Figures, figuresOf } from '../run/figures.ts';
import { figure } from '../run/summary.ts';
import type { ShareDecision } from '../statistics/share.ts';
import type { Floor } from '../trust/busy.ts';
import { whyBusy } from '../trust/distrust.ts';
import { allRuns, cpuSecondsOfRun, decideLatency, type Series, whyHopeless } from './series.ts';
import type { Finding } from './verdict.ts';

/** A finding for each latency limit of a budget. */
export function judgeLatency(budget: Budget, endpoint: Endpoint, series: Series, floor: Floor | undefined): Finding[] {
  return latencyLimits(budget.limits).map(({ name, ms, allowed }) => {
    const percentile = name.slice(0, -2);
    const decided = decideLatency(series.runs, endpoint, ms, allowed);
    const confirmed = series.confirmation && decideLatency([series.confirmation], endpoint, ms, allowed);
    const excuses = allRuns(series).map((evidence) => {
      const figures = evidence.figures && figuresOf(evidence.figures, endpoint);
      return whyBusy({
        evidence,
        limitMs: ms,
        measuredMs: figures ? measuredOf(figures, name as keyof Floor, allowed) : 0,
        floorMs: floor?.[name as keyof Floor],
        targetCpuSeconds: cpuSecondsOfRun(series),
      });
    });
    const figures = series.runs.flatMap((run) => (run.figures ? [figuresOf(run.figures, endpoint)] : []));
    return {
      requirement: budget.requirement,
      name: `${endpoint} keeps ${percentile} within ${ms} ms under ${series.part.workload}-${series.part.journey}`,
      expected: `at most ${percent(allowed)} of the requests take longer than ${ms} ms`,
      actual: describe(decided, figures, percentile),
      numbers: numbersOf(decided, figures, series),
      decision: decided.decision,
      confirmed: confirmed?.decision,
      excuse: excuses.find((excuse) => excuse !== undefined),
      hopeless: whyHopeless(series.part, endpoint, allowed),
    };
  });
}

/** A percentile in milliseconds: k6's own, unless too many were never answered to leave it among those that were. */
const measuredOf = (figures: Figures, name: keyof Floor, allowed: number): number =>
  figures.unanswered > allowed * (figures.requests + figures.unanswered) ? GRACE_SECONDS * 1000 : figures[name];

function describe(
  { share, interval, requests }: ShareDecision,
  figures: readonly Figures[],
  percentile: string,
): string {
  const measured = figures.map((run) => run[`${percentile}Ms` as keyof Figures] as number);
  const latency = measured.map((ms) => ms.toFixed(1)).join(', ');
  const range = `${percent(interval.low)} to ${percent(interval.high)}`;
  const unanswered = figures.reduce((sum, run) => sum + run.unanswered, 0);
  const rest = unanswered > 0 ? ` of those answered, ${unanswered} were still waited for at the end` : '';
  return `${percent(share)} of ${requests} did (true share by 95 %: ${range}); ${percentile} ${latency} ms${rest}`;
}

function numbersOf(decided: ShareDecision, figures: readonly Figures[], series: Series): Record<string, number> {
  const worst = (key: 'p50Ms' | 'p95Ms' | 'p99Ms' | 'maxMs') => Math.max(0, ...figures.map((run) => run[key]));
  const lags = series.runs.map((run) => (run.figures ? figure(run.figures, 'schedule_lag', 'p(99)') : 0));
  return {
    requests: decided.requests,
    overLimit: decided.over,
    share: decided.share,
    shareLow: decided.interval.low,
    shareHigh: decided.interval.high,
    p50Ms: worst('p50Ms'),
    p95Ms: worst('p95Ms'),
    p99Ms: worst('p99Ms'),
    maxMs: worst('maxMs'),
    scheduleLagP99Ms: Math.max(0, ...lags),
    runs: series.runs.length,
    ...machineNumbers(series.runs.map((run) => run.machine)),
  };
}

/** What the generator and the machine did, the worst run of the series. */
function machineNumbers(runs: readonly MachineFigures[]): Record<string, number> {
  const numbers: Record<string, number> = {};
  const worst = (key: keyof MachineFigures, of: (...values: number[]) => number) => {
    const values = runs.flatMap((run) => run[key] ?? []);
    if (values.length > 0) numbers[key] = of(...values);
  };
  worst('generatorShare', Math.max);
  worst('generatorQueued', Math.max);
  worst('busyShare', Math.max);
  worst('stolenShare', Math.max);
  worst('fewestFreePorts', Math.min);
  return numbers;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
