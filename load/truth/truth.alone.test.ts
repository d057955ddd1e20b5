import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { k6ForTests } from '../testing/k6.ts';
import { TRUTH_CASES } from './cases.ts';
import { measureTruth, type TruthFigure } from './measure.ts';

let k6: string;
let dir: string;
beforeAll(async () => {
  k6 = await k6ForTests();
  dir = await mkdtemp(join(tmpdir(), 'assay-truth-'));
}, 600_000);
afterAll(() => rm(dir, { recursive: true }));

/** Of a tail of a few requests on a machine that does other things too; `main.ts` shows the strict figures. */
const isClose = ({ saidMs, trueMs }: TruthFigure) => Math.abs(saidMs - trueMs) <= Math.max(2, trueMs * 0.1);

describe('a known latency', () => {
  test.each(TRUTH_CASES)(
    'of $name is reported right: the median within 1 ms or 3 %, the tail closely',
    async (truth) => {
      const [median, ...tail] = await measureTruth(truth, { k6, dir });

      expect(median).toMatchObject({ percentile: 'p50', right: true });
      expect(tail.filter((figure) => !isClose(figure))).toEqual([]);
    },
    60_000,
  );

  test('of a stall stands in the p99: requests are sent by the clock, not when the last answer came', async () => {
    const stalled = TRUTH_CASES.find(({ name }) => name.includes('stall'))!;
    const figures = await measureTruth({ ...stalled, seconds: 3 }, { k6, dir });

    expect(figures.find(({ percentile }) => percentile === 'p50')?.saidMs).toBeLessThan(20);
    expect(figures.find(({ percentile }) => percentile === 'p99')?.saidMs).toBeGreaterThan(200);
  }, 60_000);
});
