import { type Budget, latencyLimits } from '../budgets.ts';
import type { Endpoint } from '../k6/plan.ts';
import type { MachineFigures } from '../machine/watch.ts';
import { type Figures, figuresOf } from '../run/figures.ts';
import { figure } from '../run/summary.ts';
import type { ShareDecision } from '../statistics/share.ts';
import type { Floor } from '../trust/busy.ts';
import { whyBusy } from '../trust/distrust.ts';
import { decideLatency, type Series, whyHopeless } from './series.ts';
import type { Finding } from './verdict.ts';

/** A finding for each latency limit of a budget. */
export function judgeLatency(budget: Budget, endpoint: Endpoint, series: Series, floor: Floor | undefined): Finding[] {
  return latencyLimits(budget.limits).map(({ name, ms, allowed }) => {
    const percentile = name.slice(0, -2);
    const decided = decideLatency(series.runs, endpoint, ms, allowed);
    const confirmed = series.confirmation && decideLatency([series.confirmation], endpoint, ms, allowed);
    const all = series.confirmation ? [...series.runs, series.confirmation] : series.runs;
    const excuses = all.map((evidence) => {
      const figures = evidence.figures && figuresOf(evidence.figures, endpoint);
      return whyBusy({
        evidence,
        limitMs: ms,
        measuredMs: figures?.[name as keyof Floor] ?? 0,
        floorMs: floor?.[name as keyof Floor],
        targetCpuSeconds: series.cost && series.cost.cpuSeconds / series.runs.length,
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

function describe(
  { share, interval, requests }: ShareDecision,
  figures: readonly Figures[],
  percentile: string,
): string {
  if (requests === 0 && share === 1) return 'none was answered before the run had ended';
  const measured = figures.map((run) => run[`${percentile}Ms` as keyof Figures] as number);
  const latency = measured.map((ms) => ms.toFixed(1)).join(', ');
  const range = `${percent(interval.low)} to ${percent(interval.high)}`;
  return `${percent(share)} of ${requests} did (true share by 95 %: ${range}); ${percentile} ${latency} ms`;
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
