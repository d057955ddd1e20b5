import fc from 'fast-check';
import type { Context } from './context.ts';
import { observe } from './observation.ts';
import { Unsatisfied } from './unsatisfied.ts';

/**
 * Each example sends requests, those of a search for the smallest too: past this many milliseconds there are no more. One is
 * tried, however long it takes.
 */
const WITHIN_MS = 15_000;

/**
 * Holds a statement against drawn examples. A failure tells the smallest example found and how to draw it again; what is
 * drawn follows from the context's seed alone. Each run must use people of its own: it may be called many times.
 */
export async function holdsForAll<Example>(
  context: Context,
  examples: fc.Arbitrary<Example>,
  options: { runs: number; withinMs?: number },
  statement: (example: Example) => Promise<void>,
): Promise<void> {
  const { seed } = context;
  const until = performance.now() + (options.withinMs ?? WITHIN_MS);
  let tried = 0;
  const property = fc.asyncProperty(examples, async (example) => {
    if (tried > 0 && performance.now() >= until) return;
    tried += 1;
    await statement(example);
  });
  const result = await fc.check(property, { seed, numRuns: options.runs });
  context.measure('examples', tried);
  if (!result.failed) return;
  const seen = observe(result.errorInstance);
  if (seen.kind !== 'fail') throw result.errorInstance;
  const example = fc.stringify(result.counterexample?.[0]);
  const replay = `drawn with the check's seed ${seed}, path ${result.counterexamplePath}`;
  throw new Unsatisfied(seen.expected, `${seen.actual}\nfor ${example} (${replay})`, { hung: seen.hung ?? false });
}
