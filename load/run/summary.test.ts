import { describe, expect, test } from '@jest/globals';
import { figure, parseSummary } from './summary.ts';

const metrics = { iterations: { type: 'counter', values: { count: 7 } } };
const text = JSON.stringify({ id: 'this-run', durationMs: 1000, metrics, checks: [] });

describe('a summary', () => {
  test('is read, and gives 0 for what was never sampled', () => {
    const summary = parseSummary(text, 'this-run');

    expect(figure(summary, 'iterations', 'count')).toBe(7);
    expect(figure(summary, 'dropped_iterations', 'count')).toBe(0);
  });

  test.each([
    ['empty', '', /empty or cut off/],
    ['cut off', text.slice(0, -10), /empty or cut off/],
    ['of another shape', JSON.stringify({ id: 'this-run', metrics: [] }), /another shape/],
    ['without a duration', text.replace('1000', '0'), /durationMs/],
    ['left by another run', text.replace('this-run', 'that-run'), /of another run \(that-run\)/],
  ])('that is %s is refused by name', (_, given, message) => {
    expect(() => parseSummary(given, 'this-run')).toThrow(message);
  });
});
