import { describe, expect, test } from '@jest/globals';
import { decide } from './outcome.ts';
import type { Interaction } from './pact-file.ts';
import { NotSent, Unavailable } from './scene.ts';

const interaction = {
  key: '0-0',
  consumer: 'c',
  description: 'd',
  requirements: ['USR-SNAP-001'],
  raw: { response: { status: 200 } },
} as unknown as Interaction;

const exchange = { method: 'GET', url: 'http://127.0.0.1/users', requestHeaders: {}, status: 200, durationMs: 1 };
const ok = { interactionKey: '0-0', result: 'OK' as const };

describe('decide', () => {
  test('passes what held, was asked and was answered', () => {
    expect(decide({ interaction, result: ok, exchange })).toMatchObject({ name: 'c: d', outcome: 'pass' });
  });

  test('cannot tell when the verifier is content without a request', () => {
    expect(decide({ interaction, result: ok })).toMatchObject({
      outcome: 'error',
      reason: 'the verifier has sent no request for it',
    });
  });

  test('cannot tell when the verifier says nothing of it', () => {
    expect(decide({ interaction, exchange })).toMatchObject({ outcome: 'error' });
  });

  test('cannot tell when the verifier gives no reason', () => {
    expect(decide({ interaction, exchange, result: { ...ok, result: 'Error' } })).toMatchObject({ outcome: 'error' });
  });

  test('skips what this target cannot be brought into', () => {
    const problem = new Unavailable('no tokens');

    expect(decide({ interaction, problem })).toMatchObject({ outcome: 'skipped', reason: 'no tokens' });
  });

  test('says that it does not apply where an optional field is not sent', () => {
    expect(decide({ interaction, problem: new NotSent('no picture') })).toMatchObject({ notApplicable: true });
  });

  test('masks the tokens in what it shows', () => {
    const responseBody = Buffer.from('{"access_token":"very-secret"}');
    const mismatch = { type: 'mismatches', mismatches: [{ type: 'BodyMismatch', mismatch: 'Expected another body' }] };

    const decided = decide({
      interaction,
      exchange: { ...exchange, responseBody },
      result: { ...ok, result: 'Error', mismatch },
    });

    expect(decided).toMatchObject({ outcome: 'fail', expected: 'another body' });
    expect(JSON.stringify(decided)).not.toContain('very-secret');
  });
});
