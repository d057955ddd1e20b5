import type { CheckResult } from './result.ts';
import type { Session } from './session.ts';

/** Why a check was not run: the reason of its result. */
export const BAILED = 'left out: a check had failed, and with --bail the run ends at the first';

/** Whether one of these checks ends the run. */
export const endsRun = ({ bailOn = [] }: Pick<Session, 'bailOn'>, checks: readonly CheckResult[]): boolean =>
  checks.some(({ requirement, outcome }) => outcome === 'fail' && bailOn.includes(requirement));

/** The result of a check that was not run. */
export const leftOut = (requirement: string, name: string): CheckResult => ({
  requirement,
  name,
  outcome: 'skipped',
  reason: BAILED,
  durationMs: 0,
});
