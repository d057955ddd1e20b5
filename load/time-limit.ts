import { MOST_EXTENSIONS } from './judge/series.ts';
import { totalOf } from './k6/workloads.ts';
import { type LoadOptions, loadOptionsSchema, partsOf } from './options.ts';
import { stepsOfPart } from './run/plan.ts';

/** What the people take at most, in milliseconds each: minted, signed in and, on a live server, signed out again. */
const EACH_USER_MS = 50;
/** The rest, on a machine that does other things too. */
const AROUND_MS = 600_000;

/** How long the load stage may take at most, in milliseconds: each part extended as often as it may be, and confirmed. */
export function mostMsOf(options: Readonly<Record<string, unknown>> = {}): number {
  const read: LoadOptions = loadOptionsSchema.parse({ k6: '', ...options });
  const seconds = partsOf(read).reduce((sum, part) => sum + totalOf(stepsOfPart(part)).seconds, 0);
  return AROUND_MS + read.users * EACH_USER_MS + seconds * 1000 * (MOST_EXTENSIONS + 2);
}
