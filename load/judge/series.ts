import { type Budget, latencyLimits } from '../budgets.ts';
import type { Endpoint } from '../k6/plan.ts';
import { blocksOf, type Figures, figuresOf } from '../run/figures.ts';
import { budgetsOf, endpointsOf, type Part, plannedRequests } from '../run/plan.ts';
import { decideShare, fewestToTell, type ShareDecision } from '../statistics/share.ts';
import type { Evidence } from '../trust/evidence.ts';

/** What the target's processes cost during a series; absent where the target cannot tell. */
export interface SeriesCost {
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  /** Mean of the last fifth of the time, less mean of the first. */
  readonly rssGrowthBytes: number;
}

/** All runs of one part: the first, those that extended it, and the one that was to confirm a broken budget. */
export interface Series {
  readonly part: Part;
  readonly runs: readonly Evidence[];
  readonly confirmation?: Evidence;
  readonly cost?: SeriesCost;
  readonly durationMs: number;
}

/** Every run of a series, the confirming one last. */
export const allRuns = ({ runs, confirmation }: Series): readonly Evidence[] =>
  confirmation ? [...runs, confirmation] : runs;

/** CPU seconds of the target during one run of a series; undefined where it cannot tell. */
export const cpuSecondsOfRun = ({ cost, runs }: Series): number | undefined => cost && cost.cpuSeconds / runs.length;

/** How often a run is extended, by one of the same length, before we say that we cannot tell. */
export const MOST_EXTENSIONS = 3;

/** What the blocks of these runs, taken together, say of a latency limit. */
export function decideLatency(
  runs: readonly Evidence[],
  endpoint: Endpoint,
  ms: number,
  allowed: number,
): ShareDecision {
  return decideShare(
    runs.flatMap(({ figures, plan }) => (figures ? blocksOf(figures, plan, endpoint, ms) : [])),
    allowed,
  );
}

/** Why no number of extensions could tell that a limit is kept; undefined: enough requests are planned. */
export function whyHopeless(part: Part, endpoint: Endpoint, allowed: number): string | undefined {
  const most = plannedRequests(part, endpoint) * (1 + MOST_EXTENSIONS);
  const fewest = fewestToTell(allowed);
  if (most >= fewest) return undefined;
  return `it takes ${fewest} requests to tell, and ${most} are the most that this run sends: give a higher rate or a longer duration`;
}

export type Counted = Pick<Figures, 'requests' | 'wrong' | 'unanswered'>;

/** The requests of all runs. */
export function countRequests(runs: readonly Evidence[], endpoint: Endpoint): Counted {
  const figures = runs.flatMap((run) => (run.figures ? [figuresOf(run.figures, endpoint)] : []));
  const sum = (name: keyof Counted) => figures.reduce((total, one) => total + one[name], 0);
  return { requests: sum('requests'), wrong: sum('wrong'), unanswered: sum('unanswered') };
}

/** Whether another run of the same length could decide what is open, or must confirm what was broken. */
export function wants(
  part: Part,
  runs: readonly Evidence[],
  budgets: readonly Budget[],
): 'nothing' | 'extension' | 'confirmation' {
  const decisions = endpointsOf(part).flatMap((endpoint) =>
    budgetsOf(budgets, part, endpoint).flatMap(({ limits }) => {
      const { wrong, requests, unanswered } = countRequests(runs, endpoint);
      const tooWrong =
        limits.errorRate !== undefined && wrong + unanswered > limits.errorRate * (requests + unanswered);
      const latency = latencyLimits(limits).map(({ ms, allowed }) => {
        const { decision } = decideLatency(runs, endpoint, ms, allowed);
        return decision === 'open' && whyHopeless(part, endpoint, allowed) !== undefined ? 'hopeless' : decision;
      });
      return [...latency, tooWrong ? 'over' : 'within'];
    }),
  );
  if (decisions.includes('over')) return 'confirmation';
  return decisions.includes('open') && runs.length <= MOST_EXTENSIONS ? 'extension' : 'nothing';
}
