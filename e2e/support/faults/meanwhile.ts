import { setTimeout as sleep } from 'node:timers/promises';
import { Undecided } from '../cannot-tell.ts';
import { Unsatisfied } from '../unsatisfied.ts';

/** An answer that took no longer than this, in milliseconds, waited for nobody: a busy machine may take as long. */
const NO_MATTER_MS = 1_500;
/** So often, and so far apart, that one falls into the time when the other is waited for, wherever that begins. */
const ROUNDS = 8;
const PAUSE_MS = 100;
/** What ends within this of a slow answer, in milliseconds, ended with it. */
const MOMENT_MS = 400;
/** Whoever takes this share of the time with nothing to wait for needs no lock to take so long. */
const SLOW_ANYWAY = 1 / 5;

/**
 * Asks the same again and again while something else goes on. It fails when an answer took long and came no sooner than the
 * end of that: it had waited for it. Answers how many rounds there were before that ended.
 *
 * @throws {Undecided} The same takes long afterwards as well: then it was the machine that let it wait.
 */
export async function expectAnsweredMeanwhile(
  what: { readonly asked: string; readonly meanwhile: string },
  going: Promise<unknown>,
  ask: () => Promise<unknown>,
): Promise<number> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  const ended = going.then(end, end);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (isOver) return round; // nobody can wait for it any more
    const askedAt = performance.now();
    await ask();
    const tookMs = performance.now() - askedAt;
    // Both wait for the same lock, and whose answer is sent first is chance.
    if (tookMs > NO_MATTER_MS) await Promise.race([ended, sleep(MOMENT_MS)]);
    if (isOver && tookMs > NO_MATTER_MS) {
      const seconds = (tookMs / 1000).toFixed(1);
      const afterwardsMs = await findSlowest(ask);
      if (afterwardsMs > tookMs * SLOW_ANYWAY)
        throw new Undecided(
          `${what.asked} came after ${seconds} s, and took ${(afterwardsMs / 1000).toFixed(1)} s with nothing to wait for: a busy machine`,
        );
      throw new Unsatisfied(`${what.asked} while ${what.meanwhile}`, `only when that ended, ${seconds} s later`);
    }
    if (isOver) return round;
    await sleep(PAUSE_MS);
  }
  return ROUNDS;
}

/** The longest that a few rounds take when nothing else goes on, in milliseconds. */
async function findSlowest(ask: () => Promise<unknown>): Promise<number> {
  let slowestMs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const askedAt = performance.now();
    await ask();
    slowestMs = Math.max(slowestMs, performance.now() - askedAt);
    await sleep(PAUSE_MS);
  }
  return slowestMs;
}
