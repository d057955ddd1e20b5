import { describe, expect, test } from '@jest/globals';
import { again } from './again.ts';

/** Runs that end as told, one list a run. */
const scripted =
  (...runs: ('pass' | 'fail' | 'skipped')[][]) =>
  async (subjects: readonly string[]) => {
    const outcomes = runs.shift()!;
    return new Map(subjects.map((subject, index) => [subject, { outcome: outcomes[index]! }]));
  };

describe('again', () => {
  test('runs once what passes', async () => {
    await expect(again(['a', 'b'], scripted(['pass', 'skipped']))).resolves.toEqual(
      new Map([
        ['a', { outcome: 'pass' }],
        ['b', { outcome: 'skipped' }],
      ]),
    );
  });

  test('counts a failure that comes twice', async () => {
    const outcomes = await again(['a', 'b'], scripted(['pass', 'fail'], ['fail']));

    expect(outcomes.get('b')).toEqual({ outcome: 'fail' });
  });

  test('cannot tell when the second run disagrees, and says so', async () => {
    const outcomes = await again(['a'], scripted(['fail'], ['pass']));

    expect(outcomes.get('a')).toMatchObject({
      outcome: 'error',
      flaky: true,
      reason: expect.stringContaining('did not (pass)'),
    });
  });

  test('runs nothing for nobody', async () => {
    await expect(again([], scripted())).resolves.toEqual(new Map());
  });
});
