import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { watchBusyShare } from './busy-share.ts';

test('a share of the time of all cores', async () => {
  const busyShare = watchBusyShare();
  await sleep(100);

  expect(busyShare()).toBeGreaterThanOrEqual(0);
  expect(busyShare()).toBeLessThanOrEqual(1);
});
