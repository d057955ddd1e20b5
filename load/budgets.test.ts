import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { requirements } from '../contracts/requirements.ts';
import { latencyLimits, readBudgets } from './budgets.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-budgets-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function read(text: string) {
  const file = join(dir, 'budgets.json');
  await writeFile(file, text);
  return readBudgets(file);
}
const budget = {
  requirement: 'USR-PERF-005',
  endpoint: 'users_snapshot',
  workloads: ['average'],
  limits: { p95Ms: 10 },
};

describe('our budgets', () => {
  test('give every requirement of the load stage a budget', async () => {
    const ids = new Set((await readBudgets()).map(({ requirement }) => requirement));
    // That the target still stands after the stage is no budget: the gate looks itself.
    const declared = requirements.filter(({ id, stages }) => id.startsWith('USR-PERF-') && stages.includes('load'));

    expect([...ids].sort()).toEqual(declared.map(({ id }) => id).sort());
  });
});

describe('a budgets file', () => {
  test('is read', async () => {
    expect(await read(JSON.stringify({ budgets: [budget] }))).toEqual([budget]);
  });

  test.each([
    ['no JSON', 'budgets: oops', /cannot be read as JSON/],
    ['an unknown limit', JSON.stringify({ budgets: [{ ...budget, limits: { p96Ms: 10 } }] }), /p96Ms/],
    [
      'a limit that is no number',
      JSON.stringify({ budgets: [{ ...budget, limits: { p95Ms: '10' } }] }),
      /budgets\[0\]\.limits\.p95Ms/,
    ],
    ['no limit', JSON.stringify({ budgets: [{ ...budget, limits: {} }] }), /without a limit/],
    [
      'an unknown requirement',
      JSON.stringify({ budgets: [{ ...budget, requirement: 'USR-PERF-999' }] }),
      /no requirement/,
    ],
    ['an unknown workload', JSON.stringify({ budgets: [{ ...budget, workloads: ['heavy'] }] }), /workloads\[0\]/],
    ['no budget', JSON.stringify({ budgets: [] }), /budgets/],
  ])('with %s is refused, and the message names the place', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('that is not there is refused by name', async () => {
    await expect(readBudgets(join(dir, 'none.json'))).rejects.toThrow(/none\.json/);
  });
});

test('a percentile is a share of requests that may take longer', () => {
  expect(latencyLimits({ p50Ms: 5, p99Ms: 50, errorRate: 0 })).toEqual([
    { name: 'p50Ms', ms: 5, allowed: 0.5 },
    { name: 'p99Ms', ms: 50, allowed: 0.01 },
  ]);
});
