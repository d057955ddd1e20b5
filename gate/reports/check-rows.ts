import type { Outcome, Stage } from '../../target/protocol/result.ts';
import type { Run } from '../verdict/model.ts';

/** A check of a stage, as a row of a table: an interaction of the contract is one, however many requirements it decides. */
export interface CheckRow {
  readonly name: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly requirements: readonly string[];
}

/** The rows of a stage, in the order of the catalogue. */
export function checkRows(run: Run, stage: Stage): CheckRow[] {
  const checks = run.outcomes.flatMap((outcome) => outcome.checks).filter((check) => check.stage === stage);
  // Two checks of one name that ended differently are two.
  const rows = Map.groupBy(checks, ({ name, outcome, durationMs }) => JSON.stringify([name, outcome, durationMs]));
  return [...rows.values()].map((same) => ({ ...same[0]!, requirements: same.map(({ requirement }) => requirement) }));
}
