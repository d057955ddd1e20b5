import { NO_CORE_TO_SPARE } from '../../target/busy-share.ts';
import type { CheckResult } from '../../target/protocol/result.ts';

type Outcome = Omit<CheckResult, 'requirement'>;

/**
 * Takes back the failures for an answer that did not come in time, where no core of the machine was free meanwhile: we cannot
 * tell. That a server hangs is proven by the end-to-end stage, which has more patience.
 *
 * @param limitMs How long an answer was waited for, in milliseconds.
 * @param busyShare The share of all cores that was used, 0 to 1.
 */
export function forgiveLate<Subject, Decided extends Outcome>(
  outcomes: ReadonlyMap<Subject, Decided>,
  { limitMs, busyShare }: { readonly limitMs: number; readonly busyShare: number },
): Map<Subject, Decided> {
  const forgive = (outcome: Decided): Decided => {
    if (busyShare <= NO_CORE_TO_SPARE || !isLate(outcome, limitMs)) return outcome;
    const reason = `no answer within ${limitMs / 1000} s on a machine whose cores were ${Math.round(busyShare * 100)} % busy`;
    return { ...outcome, outcome: 'error', reason };
  };
  return new Map([...outcomes].map(([subject, outcome]) => [subject, forgive(outcome)]));
}

function isLate({ outcome, evidence }: Outcome, limitMs: number): boolean {
  const last = evidence?.exchanges?.at(-1);
  return outcome === 'fail' && last !== undefined && last.status === undefined && last.durationMs >= limitMs;
}
