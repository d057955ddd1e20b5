import { expect, test } from '@jest/globals';
import { mostMsOf } from './time-limit.ts';

test('a long run is given the time that it takes, a usual one soon counts as hung', () => {
  const hours = 3_600_000;

  expect(mostMsOf({})).toBeLessThan(0.25 * hours);
  expect(mostMsOf({ workloads: ['soak'], journeys: ['snapshot'] })).toBeGreaterThan(2.5 * hours);
  expect(mostMsOf({ users: 100_000 })).toBeGreaterThan(1 * hours);
});
