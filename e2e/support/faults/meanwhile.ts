import { Unsatisfied } from '../unsatisfied.ts';

/** The rounds that prove that one does not wait for the other. */
const ROUNDS = 3;
/** What ends sooner than this, in milliseconds, blocks nobody; a busy machine may take as long for one answer. */
const NO_MATTER_MS = 2_000;

/**
 * Asks the same a few times while something else goes on. It fails when that had ended before two rounds were answered, and
 * had taken a while: the first round may have slipped in before, but the second waited. Answers how many rounds there were.
 */
export async function expectAnsweredMeanwhile(
  what: { readonly asked: string; readonly meanwhile: string },
  going: Promise<unknown>,
  ask: () => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  let tookMs: number | undefined;
  const ended = () => {
    tookMs = performance.now() - startedAt;
  };
  void going.then(ended, ended);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (tookMs !== undefined) return round;
    await ask();
    if (tookMs !== undefined && tookMs > NO_MATTER_MS && round < 2) {
      throw new Unsatisfied(
        `${what.asked} while ${what.meanwhile}`,
        `only after that had ended, ${Math.round(tookMs / 1000)} s later`,
      );
    }
  }
  return ROUNDS;
}
