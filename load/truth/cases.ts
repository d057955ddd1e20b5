import { constant, type Delay, oneIn, stall } from './delays.ts';

/** A known latency, and the percentiles in which it must show. */
export interface TruthCase {
  readonly name: string;
  readonly delay: Delay;
  /** Long enough for its percentiles, at 100 requests per second. */
  readonly seconds: number;
  readonly shownIn: readonly ('p50' | 'p95' | 'p99' | 'p99.9')[];
}

export const TRUTH_CASES: readonly TruthCase[] = [
  { name: '5 ms', delay: constant(5), seconds: 3, shownIn: ['p50', 'p95'] },
  { name: '25 ms', delay: constant(25), seconds: 3, shownIn: ['p50', 'p95'] },
  { name: '100 ms', delay: constant(100), seconds: 3, shownIn: ['p50', 'p95'] },
  { name: '1 % at 400 ms', delay: oneIn(100, 400, 5), seconds: 6, shownIn: ['p50', 'p99.9'] },
  // Ten per cent of the time: clients that wait for an answer before they ask again would hardly notice.
  { name: 'a stall of 300 ms every 3 s', delay: stall(3000, 300, 5), seconds: 6, shownIn: ['p50', 'p95', 'p99'] },
];
