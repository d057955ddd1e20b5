import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { buildRequirement } from '../verdict/fixtures.ts';
import { STAYS_UP } from './alive.ts';
import { makePlan } from './plan.ts';

const catalogue = [
  buildRequirement({ id: 'USR-SNAP-001', stages: ['contracts', 'e2e'] }),
  buildRequirement({ id: 'USR-PERF-001', stages: ['load'] }),
];

const ALL = { only: [], except: [] };

describe('the plan', () => {
  test('asks each chosen stage for what it decides', () => {
    expect(makePlan(catalogue, ['contracts', 'e2e', 'load'], ALL)).toEqual({
      contracts: ['USR-SNAP-001'],
      e2e: ['USR-SNAP-001'],
      load: ['USR-PERF-001'],
    });
  });

  test('asks nothing of a stage that was left out', () => {
    expect(makePlan(catalogue, ['e2e'], ALL)).toEqual({ contracts: [], e2e: ['USR-SNAP-001'], load: [] });
  });

  test('asks for the chosen requirements only', () => {
    expect(makePlan(catalogue, ['e2e', 'load'], { ...ALL, only: ['USR-PERF-001'] })).toEqual({
      contracts: [],
      e2e: [],
      load: ['USR-PERF-001'],
    });
  });

  test('starts no stage just to see afterwards that the target stays up', () => {
    const staysUp = buildRequirement({ id: STAYS_UP, stages: ['contracts', 'e2e', 'load'] });
    const other = buildRequirement({ id: 'USR-ROB-002', stages: ['e2e'] });
    const all = ['contracts', 'e2e', 'load'] as const;

    expect(makePlan([staysUp, other], all, { ...ALL, only: ['USR-ROB'] })).toEqual({
      contracts: [],
      e2e: [STAYS_UP, 'USR-ROB-002'],
      load: [],
    });
    expect(makePlan([staysUp, other], ['e2e', 'load'], { ...ALL, only: [STAYS_UP] })).toEqual({
      contracts: [],
      e2e: [STAYS_UP],
      load: [STAYS_UP],
    });
  });

  test.each([
    ['asks for a whole topic', { ...ALL, only: ['USR-SNAP'] }],
    ['leaves a whole topic out', { ...ALL, except: ['USR-PERF'] }],
  ])('%s', (_what, choice) => {
    expect(makePlan(catalogue, ['e2e', 'load'], choice)).toEqual({ contracts: [], e2e: ['USR-SNAP-001'], load: [] });
  });

  test.each([
    [{ ...ALL, only: ['USR-NOPE-001'] }, '--only USR-NOPE-001'],
    [{ ...ALL, only: ['USR-SNA'] }, '--only USR-SNA'],
    [{ ...ALL, except: ['USR-NOPE'] }, '--except USR-NOPE'],
    [{ ...ALL, only: ['USR-PERF-001'] }, 'none of these stages decides'],
    [{ only: ['USR-SNAP'], except: ['USR-SNAP-001'] }, '--only USR-SNAP --except USR-SNAP-001'],
  ])('refuses %j for the e2e stage', (choice, message) => {
    expect(() => makePlan(catalogue, ['e2e'], choice)).toThrow(UsageError);
    expect(() => makePlan(catalogue, ['e2e'], choice)).toThrow(message);
  });
});
