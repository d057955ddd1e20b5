import { NO_CORE_TO_SPARE } from '../../target/busy-share.ts';
import type { CheckResult } from '../../target/protocol/result.ts';
import type { Failure, Observation } from './observation.ts';

type Failed = Extract<Observation, { kind: 'fail' }>;

/** The part of a CheckResult that a check's runs decide. */
export interface Judgement extends Pick<CheckResult, 'outcome' | 'reason' | 'expected' | 'actual' | 'flaky'> {
  /** A request got no answer, or a late 5xx, and the target may have lacked the time for another. */
  readonly starved?: true;
}

export interface JudgeOptions {
  /** One failing run is proof, unless it only waited. */
  readonly once: boolean;
  /** Whether the target was starved in another check: then no request that is given up proves anything any more. */
  readonly isWaitingVain: () => boolean;
  /** The share of all cores that was used since the check began. */
  readonly busyShare: () => number;
  /** Begins to look at the target; the function tells whether it was starved since. */
  readonly watchStarvation: () => () => boolean;
}

/**
 * Decides a check from its runs. A failure counts after a second run on fresh users agrees; when that run disagrees we
 * cannot tell, and never say pass. With `once` the first run is proof (a user lost by a crash stays lost), unless it only waited.
 * Where both only waited, on a busy machine, a third one waits as long as it takes, and is proof unless the target was starved
 * even so. No patience of ours helps a target that loses its own: that it was overloaded there proves nothing, however often.
 */
export async function judge(
  run: (patience?: 'most') => Promise<Observation>,
  { once, isWaitingVain, busyShare, watchStarvation }: JudgeOptions,
): Promise<Judgement> {
  const first = await run();
  if (first.kind !== 'fail' || (once && !waited(first))) return conclude(first);
  const vain = 'the target lacks the time for an answer, as it did before';
  if (waited(first) && isWaitingVain()) return cannotTell(first, vain);
  const second = await run();
  if (second.kind !== 'fail') return flaky(first, `the second ${tell(second)}`);
  const bothWaited = waited(first) && waited(second);
  if (bothWaited && isWaitingVain()) return cannotTell(second, vain);
  const share = busyShare();
  if (bothWaited && share > NO_CORE_TO_SPARE) {
    const wasStarved = watchStarvation();
    const third = await run('most');
    const where = `on a machine whose cores were ${Math.round(share * 100)} % busy`;
    if (third.kind !== 'fail') return flaky(first, `the third, with more time, ${tell(third)}, ${where}`);
    if (third.overloaded) return cannotTell(third, `the target answered 503 after a long wait, three times, ${where}`);
    if ((third.hung || third.late) && wasStarved())
      return { ...cannotTell(third, `the target lacked the time for an answer, three times, ${where}`), starved: true };
    return conclude(third);
  }
  // Who is not there any more says nothing new: the first run is the one that tells.
  return conclude(second.gone ? first : second);
}

const waited = ({ hung, overloaded, late }: Failed): boolean => hung === true || overloaded === true || late === true;

const flaky = (first: Failed, then: string): Judgement => ({
  ...cannotTell(first, `flaky: the first run failed (expected ${first.expected}, got ${first.actual}), ${then}`),
  flaky: true,
});

const cannotTell = (seen: Failed, reason: string): Judgement => ({ ...words(seen), outcome: 'error', reason });

const conclude = (seen: Observation): Judgement =>
  seen.kind === 'pass' ? { outcome: 'pass' } : { outcome: seen.kind, ...words(seen) };

const words = (seen: Failure) =>
  seen.kind === 'fail' ? { expected: seen.expected, actual: seen.actual } : { reason: seen.reason };

function tell(seen: Exclude<Observation, { kind: 'fail' }>): string {
  return seen.kind === 'pass' ? 'passed on fresh users' : `could not tell (${seen.reason})`;
}
