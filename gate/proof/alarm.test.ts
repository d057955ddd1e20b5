import { describe, expect, test } from '@jest/globals';
import type { Requirement } from '../../contracts/requirements/requirement.ts';
import type { CheckResult, Stage } from '../../target/protocol/result.ts';
import { buildCheck, buildOutcome, buildRequirement, buildRun } from '../verdict/fixtures.ts';
import { readAlarm } from './alarm.ts';

const outcome = (id: Requirement['id'], stage: Stage, ...checks: Partial<CheckResult>[]) =>
  buildOutcome({
    requirement: buildRequirement({ id }),
    outcome: checks.some((check) => check.outcome === 'error') ? 'error' : (checks[0]?.outcome ?? 'pass'),
    checks: checks.map((check) => ({ ...buildCheck({ requirement: id, ...check }), stage })),
  });
const passed = outcome('USR-SNAP-001', 'e2e', {});
const failed = { name: 'is in time', outcome: 'fail', actual: '98 %\ndid' } as const;
const unable = { name: 'is there', outcome: 'error', reason: 'not decided within 5 s' } as const;

describe('what a run says of a correct provider', () => {
  test('names what failed, with what was seen', () => {
    const outcomes = [passed, outcome('USR-PERF-008', 'load', failed, unable)];

    expect(readAlarm(buildRun({ outcomes }))).toEqual({
      verdict: 'reject',
      falseAlarms: ['USR-PERF-008'],
      untold: ['USR-PERF-008'],
      found: ['USR-PERF-008 is in time: 98 % did'],
    });
  });

  test('says why it could not be told, but for the load stage', () => {
    const found = (stage: Stage) => readAlarm(buildRun({ outcomes: [outcome('USR-SNAP-002', stage, unable)] })).found;

    expect(found('e2e')).toEqual(['USR-SNAP-002 is there (could not tell): not decided within 5 s']);
    expect(found('load')).toBeUndefined();
  });

  test('lets what does not block fail', () => {
    const outcomes = [passed, { ...outcome('USR-SNAP-002', 'e2e', failed), blocking: false }];

    expect(readAlarm(buildRun({ outcomes }))).toEqual({ verdict: 'ship', falseAlarms: [], untold: [] });
  });
});
