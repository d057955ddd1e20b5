import { stripVTControlCharacters } from 'node:util';
import { NoAnswerError } from '../../target/http.ts';
import { redact } from '../../target/protocol/redact.ts';
import type { Exchange } from '../../target/protocol/result.ts';
import { NotOffered, Undecided } from './cannot-tell.ts';
import { readMatcherMessage } from './matcher-message.ts';
import { wasGivenUp } from './patience.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** What one run of a check showed: the target satisfies the requirement, does not, offers nothing to look at, or we cannot tell. */
export type Observation =
  | { readonly kind: 'pass' }
  /**
   * `hung`: a request was given up, not refused or cut. `overloaded`: the target gave one up itself and says so, 503 after a
   * long wait. `late`: another 5xx after a long wait, as where a part of the target gave another one up. `gone`: no connection was
   * taken.
   */
  | {
      readonly kind: 'fail';
      readonly expected: string;
      readonly actual: string;
      readonly hung?: true;
      readonly overloaded?: true;
      readonly late?: true;
      readonly gone?: true;
    }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'error'; readonly reason: string };

export type Failure = Exclude<Observation, { kind: 'pass' }>;

const LONGEST = 1_500;

/** Who answers a 5xx sooner had no time to wait for anything: that is a limit of its own. In milliseconds. */
const WAITED_MS = 2_000;

/**
 * Reads what a check threw. Only an assertion, or a request that got no answer, speaks against the target;
 * anything else is a fault of the check, and an error of the harness is no failure of the subject.
 *
 * @param exchanges Those of the run, in which it is seen how long the target waited before it gave a request up.
 */
export function observe(thrown: unknown, exchanges: readonly Exchange[] = []): Failure {
  const seen = read(thrown);
  if (seen.kind !== 'fail') return seen;
  const told = new Set(seen.actual.match(/\b5\d\d\b/g));
  const after = exchanges.find(({ status, durationMs }) => told.has(String(status)) && durationMs >= WAITED_MS);
  if (!after) return seen;
  return after.status === 503 ? { ...seen, overloaded: true } : { ...seen, late: true };
}

function read(thrown: unknown): Failure {
  if (thrown instanceof Unsatisfied) return fail(thrown.expected, thrown.actual, thrown.hung);
  if (thrown instanceof NoAnswerError) {
    const { method, url, error, durationMs } = thrown.exchange;
    const expected = `an answer to ${method} ${new URL(url).pathname}`;
    return fail(expected, error ?? thrown.message, wasGivenUp(durationMs));
  }
  if (thrown instanceof Error && 'matcherResult' in thrown) {
    const { expected, actual } = readMatcherMessage(stripVTControlCharacters(thrown.message));
    return fail(expected, actual);
  }
  if (thrown instanceof NotOffered) return { kind: 'skipped', reason: thrown.message };
  if (thrown instanceof Undecided) return { kind: 'error', reason: thrown.message };
  const text = thrown instanceof Error ? `${thrown.stack ?? thrown.message}` : String(thrown);
  return { kind: 'error', reason: shorten(`the check itself went wrong: ${text}`) };
}

const fail = (expected: string, actual: string, hung = false) => ({
  kind: 'fail' as const,
  expected: shorten(expected),
  actual: shorten(actual),
  ...(hung ? { hung } : {}),
  ...(/\bECONNREFUSED\b/.test(actual) ? { gone: true as const } : {}),
});

const shorten = (text: string): string => {
  const safe = redact(text);
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST)}… (${safe.length} characters)`;
};
