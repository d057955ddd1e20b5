import type { CheckResult } from '../../target/protocol/result.ts';
import type { Failure, Observation } from './observation.ts';

type Failed = Extract<Observation, { kind: 'fail' }>;

/** The part of a CheckResult that a check's runs decide. */
export type Judgement = Pick<CheckResult, 'outcome' | 'reason' | 'expected' | 'actual' | 'flaky'>;

export interface JudgeOptions {
  /** One failing run is proof, unless it only waited. */
  readonly once: boolean;
  /** The share of all cores that was used since the check began. */
  readonly busyShare: () => number;
}

/** From here on an answer that does not come, or comes too late for the target itself, may be one that the machine had no time for. */
const BUSY = 0.9;

/**
 * Decides a check from its runs. A failure counts after a second run on fresh users agrees; when that run disagrees we
 * cannot tell, and never say pass. With `once` the first run is proof (a user lost by a crash stays lost), unless it only waited.
 * Where both only waited, on a busy machine, a third one waits as long as it takes. No patience of ours helps a target that loses
 * its own: that it was overloaded on such a machine proves nothing, however often.
 */
export async function judge(
  run: (patience?: 'most') => Promise<Observation>,
  { once, busyShare }: JudgeOptions,
): Promise<Judgement> {
  const first = await run();
  if (first.kind !== 'fail' || (once && !waited(first))) return conclude(first);
  const second = await run();
  if (second.kind !== 'fail') return flaky(first, `the second ${tell(second)}`);
  const share = waited(first) && waited(second) ? busyShare() : 0;
  if (share > BUSY) {
    const third = await run('most');
    const where = `on a machine whose cores were ${Math.round(share * 100)} % busy`;
    if (third.kind !== 'fail') return flaky(first, `the third, with more time, ${tell(third)}, ${where}`);
    return third.overloaded
      ? {
          ...words(third),
          outcome: 'error',
          reason: `the target answered 503 after a long wait, three times, ${where}`,
        }
      : conclude(third);
  }
  // Who is not there any more says nothing new: the first run is the one that tells.
  return conclude(second.gone ? first : second);
}

const waited = ({ hung, overloaded }: Failed): boolean => hung === true || overloaded === true;

const flaky = (first: Failed, then: string): Judgement => ({
  ...words(first),
  outcome: 'error',
  flaky: true,
  reason: `flaky: the first run failed (expected ${first.expected}, got ${first.actual}), ${then}`,
});

const conclude = (seen: Observation): Judgement =>
  seen.kind === 'pass' ? { outcome: 'pass' } : { outcome: seen.kind, ...words(seen) };

const words = (seen: Failure) =>
  seen.kind === 'fail' ? { expected: seen.expected, actual: seen.actual } : { reason: seen.reason };

function tell(seen: Exclude<Observation, { kind: 'fail' }>): string {
  return seen.kind === 'pass' ? 'passed on fresh users' : `could not tell (${seen.reason})`;
}
