import fc from 'fast-check';
import { Undecided } from './cannot-tell.ts';
import type { Context } from './context.ts';
import { observe } from './observation.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** Shrinking sends requests too: past this many milliseconds the smallest example so far is the one that is told. */
const SHRINK_WITHIN_MS = 15_000;

/**
 * Holds a statement against drawn examples. A failure tells the smallest example found and how to draw it again; what is
 * drawn follows from the context's seed alone. Each run must use people of its own: it may be called many times.
 */
export async function holdsForAll<Example>(
  context: Context,
  examples: fc.Arbitrary<Example>,
  options: { runs: number },
  statement: (example: Example) => Promise<void>,
): Promise<void> {
  const { seed } = context;
  const result = await fc.check(fc.asyncProperty(examples, statement), {
    seed,
    numRuns: options.runs,
    interruptAfterTimeLimit: SHRINK_WITHIN_MS,
    markInterruptAsFailure: false,
  });
  context.measure('runs', result.numRuns);
  if (result.numRuns === 0) throw new Undecided(`no example could be tried within ${SHRINK_WITHIN_MS / 1000} s`);
  if (!result.failed) return;
  const seen = observe(result.errorInstance);
  if (seen.kind !== 'fail') throw result.errorInstance;
  const example = fc.stringify(result.counterexample?.[0]);
  const replay = `drawn with the check's seed ${seed}, path ${result.counterexamplePath}`;
  throw new Unsatisfied(seen.expected, `${seen.actual}\nfor ${example} (${replay})`);
}
