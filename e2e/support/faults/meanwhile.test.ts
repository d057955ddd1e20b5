import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { Undecided } from '../cannot-tell.ts';
import { Unsatisfied } from '../unsatisfied.ts';
import { expectAnsweredMeanwhile } from './meanwhile.ts';

const WHAT = { asked: 'a read', meanwhile: 'a sign-in waits' };

describe('expectAnsweredMeanwhile', () => {
  test('is content when every answer comes while the other goes on', async () => {
    const never = new Promise(() => {});

    const rounds = await expectAnsweredMeanwhile(WHAT, never, async () => {});

    expect(rounds).toBe(8);
  });

  test('is content when the other ends soon', async () => {
    const rounds = await expectAnsweredMeanwhile(WHAT, Promise.reject(new Error('reset')), () => sleep(10));

    expect(rounds).toBe(0);
  });

  test('fails when an answer waited for the end of the other', async () => {
    const going = sleep(1_600);

    const outcome = expectAnsweredMeanwhile(WHAT, going, () => going);

    await expect(outcome).rejects.toThrow(Unsatisfied);
  });

  test('cannot tell when an answer takes as long with nothing to wait for', async () => {
    const outcome = expectAnsweredMeanwhile(WHAT, sleep(1_500), () => sleep(1_600));

    await expect(outcome).rejects.toThrow(Undecided);
  }, 30_000);
});
