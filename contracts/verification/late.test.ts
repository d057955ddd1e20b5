import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../target/protocol/result.ts';
import { forgiveLate } from './late.ts';

/** A failed check whose last exchange took so long; without a status it had no answer. */
const failed = (durationMs: number, status?: number): Omit<CheckResult, 'requirement'> => ({
  name: 'a check',
  outcome: 'fail',
  durationMs,
  evidence: {
    exchanges: [{ method: 'GET', url: 'http://h:1/users', requestHeaders: {}, durationMs, ...(status && { status }) }],
  },
});

const outcomeOf = (result: Omit<CheckResult, 'requirement'>, busyShare: number) =>
  forgiveLate(new Map([['it', result]]), { limitMs: 5_000, busyShare }).get('it');

describe('forgiveLate', () => {
  test('cannot tell where an answer did not come in time on a busy machine', () => {
    expect(outcomeOf(failed(5_001), 0.97)).toMatchObject({ outcome: 'error', reason: expect.stringContaining('97 %') });
  });

  test('holds it against the target on a machine with a core to spare', () => {
    expect(outcomeOf(failed(5_001), 0.6)).toMatchObject({ outcome: 'fail' });
  });

  test('forgives no connection that was cut, and no answer that was wrong', () => {
    expect(outcomeOf(failed(12), 0.97)).toMatchObject({ outcome: 'fail' });
    expect(outcomeOf(failed(5_001, 500), 0.97)).toMatchObject({ outcome: 'fail' });
  });
});
