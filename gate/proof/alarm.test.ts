import { describe, expect, test } from '@jest/globals';
import type { Requirement } from '../../contracts/requirements/requirement.ts';
import { buildCheck, buildOutcome, buildRequirement, buildRun } from '../verdict/fixtures.ts';
import { readAlarm } from './alarm.ts';

const outcome = (id: Requirement['id'], ...checks: Partial<ReturnType<typeof buildCheck>>[]) =>
  buildOutcome({
    requirement: buildRequirement({ id }),
    outcome: checks.some((check) => check.outcome === 'error') ? 'error' : (checks[0]?.outcome ?? 'pass'),
    checks: checks.map((check) => ({ ...buildCheck({ requirement: id, ...check }), stage: 'e2e' })),
  });

describe('what a run says of a correct provider', () => {
  test('names what failed, with what was seen, beside what could not be told of the same', () => {
    const failed = { name: 'is in time', outcome: 'fail', actual: '98 %\ndid' } as const;
    const outcomes = [
      outcome('USR-PERF-008', failed, { outcome: 'error', reason: 'busy' }),
      outcome('USR-SNAP-001', {}),
    ];

    expect(readAlarm(buildRun({ outcomes }))).toEqual({
      verdict: 'reject',
      falseAlarms: ['USR-PERF-008'],
      untold: ['USR-PERF-008'],
      found: ['USR-PERF-008 is in time: 98 % did'],
    });
  });

  test('lets what does not block fail', () => {
    const warning = { ...outcome('USR-SNAP-002', { outcome: 'fail' }), blocking: false };
    const outcomes = [outcome('USR-SNAP-001', {}), warning];

    expect(readAlarm(buildRun({ outcomes }))).toEqual({ verdict: 'ship', falseAlarms: [], untold: [] });
  });
});
