import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../target/protocol/result.ts';
import { crossCheck } from './cross-check.ts';
import type { JestFile } from './jest-results.ts';

const PLAN = { files: [{ path: '/a.check.ts', requirements: ['USR-LIFE-001'] }], unplanned: [] };
const PASSED: CheckResult = { requirement: 'USR-LIFE-001', name: 'works', outcome: 'pass', durationMs: 1 };

const fileWith = (...tests: JestFile['tests']): JestFile => ({ path: '/a.check.ts', message: '', tests });
const outcomesOf = (checks: readonly CheckResult[]) => checks.map(({ outcome, reason = '' }) => `${outcome} ${reason}`);

describe('crossCheck', () => {
  test('adds nothing where reports, plan and Jest agree', () => {
    const jest = fileWith({ title: 'USR-LIFE-001 works', passed: true, message: '' });

    expect(crossCheck(PLAN, [PASSED], [jest])).toEqual([PASSED]);
  });

  test('adds an error for a requirement that no file names', () => {
    const checks = crossCheck({ files: [], unplanned: ['USR-LIFE-002'] }, [], []);

    expect(checks).toMatchObject([{ requirement: 'USR-LIFE-002', outcome: 'error' }]);
  });

  test('adds an error for a file that crashed, with what Jest says', () => {
    const checks = crossCheck(PLAN, [], [{ ...fileWith(), message: 'Cannot find module' }]);

    expect(outcomesOf(checks)).toEqual([expect.stringMatching(/^error .*Cannot find module/)]);
  });

  test('adds an error for a file that could not be loaded, also where some of its checks passed', () => {
    const jest = fileWith({ title: 'USR-LIFE-001 works', passed: true, message: '' });

    const [, added] = outcomesOf(crossCheck(PLAN, [PASSED], [jest], new Map([['/a.check.ts', 'a bug at its end']])));

    expect(added).toMatch(/^error .*a bug at its end/);
  });

  test('adds an error for a file that Jest never ran', () => {
    expect(outcomesOf(crossCheck(PLAN, [], []))).toEqual([expect.stringMatching(/^error .*no such check/)]);
  });

  test('adds an error for a check that never reported', () => {
    const jest = fileWith({ title: 'USR-LIFE-001 works', passed: true, message: '' });

    expect(outcomesOf(crossCheck(PLAN, [], [jest]))).toEqual([expect.stringMatching(/^error .*without a report/)]);
  });

  test('adds an error where Jest contradicts a report', () => {
    const jest = fileWith({ title: 'USR-LIFE-001 works', passed: false, message: 'late failure' });

    const [, added] = outcomesOf(crossCheck(PLAN, [PASSED], [jest]));

    expect(added).toMatch(/^error reported pass, .*late failure/);
  });
});
