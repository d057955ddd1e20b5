import { describe, expect, test } from '@jest/globals';
import { bootstrapShare } from './bootstrap.ts';
import { quantile, wilson } from './interval.ts';
import { seededRandom } from './random.ts';
import { decideShare } from './share.ts';

const evenly = (seconds: number, requests: number, over: number) =>
  Array.from({ length: seconds }, () => ({ requests, over }));

describe('a quantile', () => {
  test('lies between its neighbours', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5], 0.9)).toBeCloseTo(4.6);
  });
});

describe("Wilson's interval", () => {
  test('is as published for 10 of 100', () => {
    const { low, high } = wilson(10, 100);

    expect(low).toBeCloseTo(0.0552, 4);
    expect(high).toBeCloseTo(0.1744, 4);
  });

  test('has room above where none was counted', () => {
    expect(wilson(0, 100).high).toBeCloseTo(0.037, 3);
  });

  test('says nothing of nothing', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('the block bootstrap', () => {
  test('is the same for the same seed', () => {
    const blocks = Array.from({ length: 20 }, (_, i) => ({ requests: 50, over: i % 3 }));

    expect(bootstrapShare(blocks, 7)).toEqual(bootstrapShare(blocks, 7));
  });

  test('covers the true share in about 95 of 100 runs of independent requests', () => {
    const random = seededRandom(42);
    const draw = () => ({ requests: 100, over: Array.from({ length: 100 }, random).filter((u) => u < 0.05).length });
    const runs = Array.from({ length: 100 }, () => bootstrapShare(Array.from({ length: 30 }, draw)));

    const covered = runs.filter(({ low, high }) => low <= 0.05 && 0.05 <= high).length;

    expect(covered).toBeGreaterThanOrEqual(84);
  });

  test('is wider where slow requests come in bunches', () => {
    const spread = evenly(30, 100, 2);
    const bunched = spread.map((block, i) => ({ ...block, over: i >= 10 && i < 12 ? 30 : 0 }));

    const width = ({ low, high }: { low: number; high: number }) => high - low;

    expect(width(bootstrapShare(bunched))).toBeGreaterThan(width(bootstrapShare(spread)) + 0.02);
  });
});

describe('a share over a limit', () => {
  test('is within where no request of many went over', () => {
    expect(decideShare(evenly(10, 100, 0), 0.01)).toMatchObject({ decision: 'within', requests: 1000, over: 0 });
  });

  test('is open where no request of few went over', () => {
    expect(decideShare(evenly(3, 20, 0), 0.01).decision).toBe('open');
  });

  test('is over where most went over', () => {
    expect(decideShare(evenly(10, 100, 90), 0.05)).toMatchObject({ decision: 'over', share: 0.9 });
  });

  test('is open close to the limit', () => {
    expect(decideShare(evenly(10, 100, 5), 0.05).decision).toBe('open');
  });

  test('is open where one bad second alone carries it over', () => {
    const blocks = evenly(10, 100, 0).map((block, i) => ({ ...block, over: i === 4 ? 60 : 0 }));

    expect(decideShare(blocks, 0.05).decision).toBe('open');
  });

  test('is open without a request', () => {
    expect(decideShare([], 0.05)).toMatchObject({ decision: 'open', requests: 0 });
  });
});

describe('a usual run of six seconds', () => {
  test.each([
    ['the p99 of one journey', 100, 0.01],
    ['the p95 of a fifth of the visits', 20, 0.05],
  ])('bears one slow request for %s, wherever it falls', (_, eachSecond, allowed) => {
    const decisions = Array.from({ length: 6 }, (_unused, slow) =>
      decideShare(
        evenly(6, eachSecond, 0).map((block, second) => ({ ...block, over: second === slow ? 1 : 0 })),
        allowed,
      ),
    );

    expect(new Set(decisions.map(({ decision }) => decision))).toEqual(new Set(['within']));
  });
});
