import type { Requirement } from '../../contracts/requirements/requirement.ts';
import { requirements } from '../../contracts/requirements.ts';
import type { CheckResult } from '../../target/protocol/result.ts';
import type { RequirementOutcome, Run, StageRun } from './model.ts';
import { decide } from './verdict.ts';

/** Builders for tests: only the field that matters shows. */

export const buildRequirement = (overrides: Partial<Requirement> = {}): Requirement => ({
  ...(requirements[0] as Requirement),
  ...overrides,
});

export const buildCheck = (overrides: Partial<CheckResult> = {}): CheckResult => ({
  requirement: 'USR-SNAP-001',
  name: 'answers the snapshot',
  outcome: 'pass',
  durationMs: 5,
  ...overrides,
});

export const buildOutcome = (overrides: Partial<RequirementOutcome> = {}): RequirementOutcome => {
  const outcome = overrides.outcome ?? 'pass';
  const checkOutcome = outcome === 'waived' ? 'fail' : outcome;
  return {
    requirement: buildRequirement(),
    outcome,
    blocking: true,
    checks: [{ ...buildCheck({ outcome: checkOutcome }), stage: 'e2e' }],
    ...overrides,
  };
};

export const buildStageRun = (overrides: Partial<StageRun> = {}): StageRun => ({
  stage: 'e2e',
  state: 'complete',
  durationMs: 1_000,
  checks: 1,
  notes: [],
  ...overrides,
});

export const buildRun = (overrides: Partial<Run> = {}): Run => {
  const outcomes = overrides.outcomes ?? [buildOutcome()];
  const stages = overrides.stages ?? [buildStageRun()];
  return {
    version: 1,
    id: 'abcdef012345',
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:04:15.000Z',
    durationMs: 10_000,
    target: { label: 'node server.js', kind: 'command', baseUrl: 'http://127.0.0.1:4000' },
    profile: 'standard',
    partial: false,
    command: './assay verify',
    stages,
    outcomes,
    expiredWaivers: [],
    leftAsFound: { same: true, text: 'the snapshot after the run equals the one before (0 users)' },
    verdict: decide(outcomes, stages),
    ...overrides,
  };
};
