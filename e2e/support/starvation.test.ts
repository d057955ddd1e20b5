import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { canReadCost } from '../../target/process-cost.ts';
import { isStarved, noteSignIn, watchStarvation } from './starvation.ts';

const STARVED = { crowd: 12, targetShare: 0.08, movesOn: true };

describe('isStarved', () => {
  test('is so in a crowd where the target used what it got, and lets others in', () => {
    expect(isStarved(STARVED)).toBe(true);
  });

  test('is not where the target slept in the crowd: it hangs', () => {
    expect(isStarved({ ...STARVED, targetShare: 0.01 })).toBe(false);
  });

  test('is not where the target was at work and let nobody in: it hangs', () => {
    expect(isStarved({ ...STARVED, movesOn: false })).toBe(false);
  });

  test('is not in a crowd that our patience makes up for', () => {
    expect(isStarved({ crowd: 2.5, targetShare: 0.4, movesOn: true })).toBe(false);
  });

  test('is so in a crowd where nobody can see the target', () => {
    expect(isStarved({ ...STARVED, targetShare: undefined })).toBe(true);
  });
});

describe('watchStarvation', () => {
  // Without /proc nobody can see the target's processes.
  (canReadCost ? test : test.skip)('tells a target that computes from one that sleeps', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-starvation-'));
    const start = (work: string) => {
      const script = `console.log('up'); ${work}`;
      return spawn(process.execPath, ['-e', script], { env: { ...process.env, DATA_DIR: join(dir, 'data') } });
    };
    const share = async (work: string) => {
      const target = start(work);
      await once(target.stdout, 'data');
      const seen = watchStarvation(dir);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { targetShare } = seen();
      target.kill('SIGKILL');
      await once(target, 'exit');
      return targetShare;
    };

    expect(await share('for (;;);')).toBeGreaterThan((await share('setInterval(() => {}, 1_000);')) ?? Number.NaN);
    expect(watchStarvation(dir)()).toMatchObject({ targetShare: undefined, movesOn: false });
    noteSignIn(dir);
    expect(watchStarvation(dir)()).toMatchObject({ movesOn: true });
    await rm(dir, { recursive: true });
  });
});
