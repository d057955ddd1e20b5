import { type Interval, quantile } from './interval.ts';
import { seededRandom } from './random.ts';

/** The requests of one block of time (a second, in most runs), and how many of them went over the limit. */
export interface Block {
  readonly requests: number;
  readonly over: number;
}

const RESAMPLES = 2000;

/**
 * The 95 % interval of the share of requests over the limit, by a circular moving-block bootstrap over the blocks: slow requests
 * come in bunches, so the requests themselves are no independent draws. Runs of n^(1/3) blocks are drawn together.
 * Source: Politis and Romano 1992; Hall, Horowitz and Jing 1995 for the length.
 */
export function bootstrapShare(blocks: readonly Block[], seed = 1): Interval {
  const random = seededRandom(seed);
  const runLength = Math.max(1, Math.round(blocks.length ** (1 / 3)));
  const shares = Array.from({ length: RESAMPLES }, () => resampledShare(blocks, runLength, random)).sort(
    (a, b) => a - b,
  );
  return { low: quantile(shares, 0.025), high: quantile(shares, 0.975) };
}

function resampledShare(blocks: readonly Block[], runLength: number, random: () => number): number {
  let requests = 0;
  let over = 0;
  for (let drawn = 0; drawn < blocks.length; drawn += runLength) {
    const start = Math.floor(random() * blocks.length);
    for (let i = start; i < start + Math.min(runLength, blocks.length - drawn); i++) {
      const block = blocks[i % blocks.length]!;
      requests += block.requests;
      over += block.over;
    }
  }
  return requests === 0 ? 0 : over / requests;
}
