import { type Block, bootstrapShare } from './bootstrap.ts';
import { hull, type Interval, wilson, Z95 } from './interval.ts';

/** What the counts say of a limit: kept, broken, or not enough to tell. */
export interface ShareDecision {
  readonly decision: 'within' | 'over' | 'open';
  readonly requests: number;
  readonly over: number;
  /** The share of requests over the limit, and where it may truly lie (95 %). */
  readonly share: number;
  readonly interval: Interval;
}

/**
 * Whether at most `allowed` of all requests go over a limit: "p99 below 250 ms" is "at most 0.01 take longer than 250 ms".
 * Decided only when the whole interval is on one side; the interval is never narrower than independent requests would make it.
 */
export function decideShare(blocks: readonly Block[], allowed: number): ShareDecision {
  const filled = blocks.filter(({ requests }) => requests > 0);
  const requests = filled.reduce((sum, block) => sum + block.requests, 0);
  const over = filled.reduce((sum, block) => sum + block.over, 0);
  const interval = requests === 0 ? { low: 0, high: 1 } : hull(wilson(over, requests), bootstrapShare(filled));
  const decision = interval.high <= allowed ? 'within' : interval.low > allowed ? 'over' : 'open';
  return { decision, requests, over, share: requests === 0 ? 0 : over / requests, interval };
}

/** How many requests it takes at least to tell that a limit is kept: so many that not one of them went over it. */
export const fewestToTell = (allowed: number): number => Math.ceil((Z95 ** 2 * (1 - allowed)) / allowed);
