import type { CheckResult } from '../../target/protocol/result.ts';
import type { Failure, Observation } from './observation.ts';

/** The part of a CheckResult that a check's runs decide. */
export type Judgement = Pick<CheckResult, 'outcome' | 'reason' | 'expected' | 'actual' | 'flaky'>;

/**
 * Decides a check from its runs. A failure counts after a second run on fresh users agrees; when that run disagrees we
 * cannot tell, and never say pass. With `once` the first run is proof (a user lost by a crash stays lost), unless it only waited.
 */
export async function judge(run: () => Promise<Observation>, options: { once: boolean }): Promise<Judgement> {
  const first = await run();
  if (first.kind !== 'fail' || (options.once && !first.hung)) return conclude(first);
  const second = await run();
  // Who is not there any more says nothing new: the first run is the one that tells.
  if (second.kind === 'fail') return conclude(second.gone ? first : second);
  return {
    ...words(first),
    outcome: 'error',
    flaky: true,
    reason: `flaky: the first run failed (expected ${first.expected}, got ${first.actual}), the second ${tell(second)}`,
  };
}

const conclude = (seen: Observation): Judgement =>
  seen.kind === 'pass' ? { outcome: 'pass' } : { outcome: seen.kind, ...words(seen) };

const words = (seen: Failure) =>
  seen.kind === 'fail' ? { expected: seen.expected, actual: seen.actual } : { reason: seen.reason };

function tell(seen: Exclude<Observation, { kind: 'fail' }>): string {
  return seen.kind === 'pass' ? 'passed on fresh users' : `could not tell (${seen.reason})`;
}
