import { expect, test } from '@jest/globals';
import type { Standing } from './bench.ts';
import { capacityTable, curveTable } from './table.ts';

const trial = { rate: 500, met: true, throughput: 499.6, p50Ms: 0.5, p95Ms: 1.5, p99Ms: 2.5, meanMs: 0.6 };
const buildStanding = (overrides: Partial<Standing> = {}): Standing => ({
  name: 'node server.js',
  users: 10,
  capacity: 500,
  limitedBy: 'the target',
  trials: [{ ...trial, rate: 1000, met: false, why: '3.0 % took longer than 100 ms' }, trial],
  ...overrides,
});

test('the capacities stand target by target, so that one sees how each grows with the users', () => {
  const standings = [10, 1000].flatMap((users) => ['a', 'b'].map((name) => buildStanding({ name, users })));

  const rows = capacityTable(standings).split('\n').slice(1);

  expect(rows.map((row) => row.trim().split(/\s+/).slice(0, 3))).toEqual([
    ['a', '10', '500'],
    ['a', '1000', '500'],
    ['b', '10', '500'],
    ['b', '1000', '500'],
  ]);
});

test('a capacity that the target did not limit is a lower bound, and the table says what that means', () => {
  const table = capacityTable([buildStanding({ limitedBy: 'k6', wrkPerSecond: 9000.4 })]);

  expect(table).toMatch(/≥ 500 .* k6 +9000\n≥: /);
});

test('a curve goes from the lowest rate to the highest, and says why a budget was not met', () => {
  const [, , ...rows] = curveTable(buildStanding()).split('\n');

  expect(
    rows.map((row) =>
      row
        .trim()
        .split(/\s{2,}/)
        .at(0),
    ),
  ).toEqual(['500', '1000', expect.stringContaining('law')]);
  expect(rows[1]).toMatch(/3\.0 % took longer than 100 ms$/);
});
