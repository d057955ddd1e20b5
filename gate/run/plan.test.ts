import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { buildRequirement } from '../verdict/fixtures.ts';
import { makePlan } from './plan.ts';

const catalogue = [
  buildRequirement({ id: 'USR-SNAP-001', stages: ['contracts', 'e2e'] }),
  buildRequirement({ id: 'USR-PERF-001', stages: ['load'] }),
];

describe('the plan', () => {
  test('asks each chosen stage for what it decides', () => {
    expect(makePlan(catalogue, ['contracts', 'e2e', 'load'], [])).toEqual({
      contracts: ['USR-SNAP-001'],
      e2e: ['USR-SNAP-001'],
      load: ['USR-PERF-001'],
    });
  });

  test('asks nothing of a stage that was left out', () => {
    expect(makePlan(catalogue, ['e2e'], [])).toEqual({ contracts: [], e2e: ['USR-SNAP-001'], load: [] });
  });

  test('asks for the chosen requirements only', () => {
    expect(makePlan(catalogue, ['e2e', 'load'], ['USR-PERF-001'])).toEqual({
      contracts: [],
      e2e: [],
      load: ['USR-PERF-001'],
    });
  });

  test.each([
    [['USR-NOPE-001'], 'USR-NOPE-001'],
    [['USR-PERF-001'], 'none of these stages decides it'],
  ])('refuses %j for the e2e stage', (only, message) => {
    expect(() => makePlan(catalogue, ['e2e'], only)).toThrow(UsageError);
    expect(() => makePlan(catalogue, ['e2e'], only)).toThrow(message);
  });
});
