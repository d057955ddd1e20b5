import { describe, expect, test } from '@jest/globals';
import { buildCheck, buildOutcome, buildRequirement, buildStageRun } from './fixtures.ts';
import { decide } from './verdict.ts';

describe('the verdict', () => {
  test('is ship when every blocking requirement passed', () => {
    expect(decide([buildOutcome()], [buildStageRun()])).toMatchObject({ verdict: 'ship', exitCode: 0 });
  });

  test('is reject when a blocking requirement failed', () => {
    expect(decide([buildOutcome(), buildOutcome({ outcome: 'fail' })], [buildStageRun()])).toMatchObject({
      verdict: 'reject',
      exitCode: 1,
    });
  });

  test('is reject when one check failed and another of the same requirement could not tell', () => {
    const checks = [
      { ...buildCheck({ outcome: 'fail' }), stage: 'contracts' as const },
      { ...buildCheck({ outcome: 'error' }), stage: 'e2e' as const },
    ];

    expect(decide([buildOutcome({ outcome: 'error', checks })], [buildStageRun()])).toMatchObject({
      verdict: 'reject',
    });
  });

  test('is reject on proven fault even though another stage broke', () => {
    const stages = [buildStageRun(), buildStageRun({ stage: 'load', state: 'broken', checks: 0 })];

    expect(decide([buildOutcome({ outcome: 'fail' })], stages)).toMatchObject({ verdict: 'reject' });
  });

  test('is ship when only a requirement that does not block failed', () => {
    const outcomes = [buildOutcome(), buildOutcome({ outcome: 'fail', blocking: false })];

    expect(decide(outcomes, [buildStageRun()])).toMatchObject({ verdict: 'ship' });
  });

  test('is ship when a failure is waived, and says so', () => {
    const waiver = { requirement: 'USR-SNAP-001', reason: 'known', owner: 'ada', expires: '2030-01-01' };

    expect(decide([buildOutcome(), buildOutcome({ outcome: 'waived', waiver })], [buildStageRun()])).toEqual({
      verdict: 'ship',
      exitCode: 0,
      reasons: ['1 blocking requirements passed, 1 waived'],
    });
  });

  test.each([
    [
      'a blocking requirement could not be told',
      [buildOutcome(), buildOutcome({ outcome: 'error', reason: 'flaky' })],
      [buildStageRun()],
    ],
    ['a documented requirement was skipped', [buildOutcome(), buildOutcome({ outcome: 'skipped' })], [buildStageRun()]],
    ['a stage broke', [buildOutcome()], [buildStageRun({ state: 'broken', reason: 'it crashed', checks: 0 })]],
    ['a stage ran no checks', [buildOutcome()], [buildStageRun({ checks: 0 })]],
    ['nothing was decided', [], []],
  ])('is inconclusive when %s', (_when, outcomes, stages) => {
    expect(decide(outcomes, stages)).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 2,
      reasons: [expect.any(String)],
    });
  });

  test('is ship when an expected requirement was skipped because the target cannot', () => {
    const skipped = buildOutcome({ outcome: 'skipped', requirement: buildRequirement({ level: 'expected' }) });

    expect(decide([buildOutcome(), skipped], [buildStageRun()])).toMatchObject({ verdict: 'ship' });
  });
});
