import { describe, expect, test } from '@jest/globals';
import { NoAnswerError } from '../../target/http.ts';
import { observe } from './observation.ts';
import { Unsatisfied } from './unsatisfied.ts';

const thrownBy = (run: () => void): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('observe', () => {
  test('takes an assertion as a failure of the target', () => {
    expect(observe(thrownBy(() => expect(500).toBe(200)))).toEqual({ kind: 'fail', expected: '200', actual: '500' });
  });

  test('takes an unsatisfied requirement as a failure of the target', () => {
    expect(observe(new Unsatisfied('one user', 'two'))).toEqual({ kind: 'fail', expected: 'one user', actual: 'two' });
  });

  test('takes a request without an answer as a failure of the target', () => {
    const exchange = { method: 'GET', url: 'http://h:1/users', requestHeaders: {}, error: 'ECONNRESET', durationMs: 1 };

    const seen = observe(new NoAnswerError(exchange));

    expect(seen).toEqual({ kind: 'fail', expected: 'an answer to GET /users', actual: 'ECONNRESET' });
  });

  test('sees that the target gave a request up itself: 503 after a long wait', () => {
    const unavailable = { method: 'GET', url: 'http://h:1/users', requestHeaders: {}, status: 503, durationMs: 5_010 };
    const answered = new Unsatisfied('status 200', 'status 503: busy');

    expect(observe(answered, [unavailable])).toMatchObject({ kind: 'fail', overloaded: true });
    expect(observe(answered, [{ ...unavailable, durationMs: 80 }])).not.toHaveProperty('overloaded');
    expect(observe(new Unsatisfied('one user', 'two'), [unavailable])).not.toHaveProperty('overloaded');
  });

  test('sees that a part of the target gave up: another 5xx after a long wait', () => {
    const broken = { method: 'GET', url: 'http://h:1/users', requestHeaders: {}, status: 500, durationMs: 5_010 };
    const answered = new Unsatisfied('status 200', 'status 500: ');

    expect(observe(answered, [broken])).toEqual({
      kind: 'fail',
      expected: 'status 200',
      actual: 'status 500: ',
      late: true,
    });
    expect(observe(answered, [{ ...broken, durationMs: 80 }])).not.toHaveProperty('late');
    expect(observe(new Unsatisfied('one user', 'two'), [broken])).not.toHaveProperty('late');
  });

  test('takes anything else as an error of the check', () => {
    expect(observe(new TypeError('x is undefined'))).toMatchObject({
      kind: 'error',
      reason: expect.stringContaining('x is undefined'),
    });
  });

  test('masks secrets and cuts what is long', () => {
    const seen = observe(new Unsatisfied('Bearer abc.def.ghi', 'x'.repeat(5_000)));

    expect(seen).toMatchObject({ expected: 'Bearer [redacted]', actual: expect.stringContaining('5000 characters') });
    expect(JSON.stringify(seen).length).toBeLessThan(2_000);
  });
});
