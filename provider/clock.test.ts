import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createClock } from './clock.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('the clock', () => {
  test('tells microseconds in UTC', () => {
    jest.useFakeTimers({ now: Date.parse('2026-01-02T03:04:05.678Z') });

    expect(createClock().now()).toBe('2026-01-02T03:04:05.678000Z');
  });

  test('goes on when the machine stands still or goes back', () => {
    jest.useFakeTimers({ now: 5_000 });
    const clock = createClock();

    const first = clock.now();
    const second = clock.now();
    jest.setSystemTime(1_000);
    const third = clock.now();

    expect([first, second, third]).toEqual([
      '1970-01-01T00:00:05.000000Z',
      '1970-01-01T00:00:05.000001Z',
      '1970-01-01T00:00:05.000002Z',
    ]);
  });
});
