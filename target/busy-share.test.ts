import { expect, test } from '@jest/globals';
import { watchBusyShare } from './busy-share.ts';

test('a core that computes counts, and no more than all of them', () => {
  const busyShare = watchBusyShare();
  for (const until = performance.now() + 300; performance.now() < until; );

  expect(busyShare()).toBeGreaterThan(0);
  expect(busyShare()).toBeLessThanOrEqual(1);
});
