import { expect, test } from '@jest/globals';
import { readBudgets } from '../budgets.ts';
import { undecided, whyNot, withoutNeedlessSkips } from './undecided.ts';

const people = { residents: [], visitors: 1, file: '' };
const mixed = { workload: 'average', journey: 'mixed' } as const;

test('a journey without the tokens that it needs is skipped, and hides nothing that another decided', async () => {
  const skipped = undecided(mixed, await readBudgets(), whyNot(mixed, new Set(['tokens']), people));
  const passed = {
    requirement: 'USR-PERF-001',
    name: 'under average-snapshot',
    outcome: 'pass',
    durationMs: 1,
  } as const;

  const left = withoutNeedlessSkips([passed, ...skipped]);

  expect(skipped.map(({ requirement }) => requirement)).toContain('USR-PERF-001');
  expect(left).toContainEqual(passed);
  expect(left.filter(({ requirement }) => requirement === 'USR-PERF-001')).toHaveLength(1);
  expect(left.filter(({ requirement }) => requirement === 'USR-PERF-004')).toEqual([
    expect.objectContaining({ outcome: 'skipped', reason: expect.stringContaining('needs claims') }),
  ]);
});

test('a target that signs nobody in fails what needs somebody', () => {
  const refusing = { ...people, refusal: 'POST answered 500' };

  expect(whyNot(mixed, new Set(['tokens', 'claims']), refusing)).toMatchObject({ outcome: 'fail' });
  expect(whyNot({ ...mixed, journey: 'snapshot' }, new Set(), refusing)).toBeUndefined();
});
