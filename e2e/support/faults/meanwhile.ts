import { setTimeout as sleep } from 'node:timers/promises';
import { Unsatisfied } from '../unsatisfied.ts';

/** An answer that took no longer than this, in milliseconds, waited for nobody: a busy machine may take as long. */
const NO_MATTER_MS = 1_500;
/** So often, and so far apart, that one falls into the time when the other is waited for, wherever that begins. */
const ROUNDS = 8;
const PAUSE_MS = 100;

/**
 * Asks the same again and again while something else goes on. It fails when an answer took long and came only once that had
 * ended: it had waited for it. Answers how many rounds there were before that ended.
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
  void going.then(end, end);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (isOver) return round; // nobody can wait for it any more
    const askedAt = performance.now();
    await ask();
    const tookMs = performance.now() - askedAt;
    if (isOver && tookMs > NO_MATTER_MS) {
      const seconds = (tookMs / 1000).toFixed(1);
      throw new Unsatisfied(`${what.asked} while ${what.meanwhile}`, `only after that had ended, ${seconds} s later`);
    }
    if (isOver) return round;
    await sleep(PAUSE_MS);
  }
  return ROUNDS;
}
