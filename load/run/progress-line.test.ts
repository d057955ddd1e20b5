import { describe, expect, test } from '@jest/globals';
import { parseProgressLine } from './progress-line.ts';

describe("k6's progress", () => {
  test('is read from its line', () => {
    const line = 'running (0m12.0s), 004/080 VUs, 61 complete and 0 interrupted iterations';

    expect(parseProgressLine(line)).toEqual({ iterations: 61, busyVus: 4 });
  });

  test('is no other line', () => {
    expect(parseProgressLine('step_1   [  20% ] 004/080 VUs  1.4s/7s  100.00 iters/s')).toBeUndefined();
  });
});
