import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { requirements } from '../../contracts/requirements.ts';
import { OUTLASTS, planChecks } from './plan.ts';

const CHECKS = join(import.meta.dirname, '..', 'checks');

describe('planChecks', () => {
  test('loads only the files that decide what is declared', () => {
    const plan = planChecks(CHECKS, ['USR-LIFE-001']);

    expect(plan.files.map(({ path }) => basename(path))).toEqual(['life-of-a-user.check.ts']);
    expect(plan.unplanned).toEqual([]);
  });

  test('names what no file decides', () => {
    expect(planChecks(CHECKS, ['USR-LIFE-999']).unplanned).toEqual(['USR-LIFE-999']);
  });

  test('finds a check for every requirement that the catalogue gives to this stage', () => {
    const declared = requirements.filter(({ stages }) => stages.includes('e2e')).map(({ id }) => id);

    // The gate itself decides that the target stays up; the stage calls its witnesses around all checks.
    expect(planChecks(CHECKS, declared).unplanned).toEqual([OUTLASTS, 'USR-ROB-001']);
  });
});
