import type { Requirement } from '../../contracts/requirements/requirement.ts';
import { STAGES, type Stage } from '../../target/protocol/result.ts';
import { UsageError } from '../errors.ts';

/** Which requirements each stage must decide in this run. Stages that were not asked for owe nothing. */
export type Plan = Readonly<Record<Stage, readonly string[]>>;

/** Throws a UsageError for an id that is not in the catalogue, and when no chosen stage decides any chosen requirement. */
export function makePlan(catalogue: readonly Requirement[], stages: readonly Stage[], only: readonly string[]): Plan {
  const stranger = only.find((id) => !catalogue.some((requirement) => requirement.id === id));
  if (stranger) throw new UsageError(`--only ${stranger}: no such requirement; \`assay checks\` lists them`);
  const chosen = catalogue.filter(({ id }) => only.length === 0 || only.includes(id));
  const owed = (stage: Stage) =>
    stages.includes(stage)
      ? chosen.filter((requirement) => requirement.stages.includes(stage)).map(({ id }) => id)
      : [];
  const plan = { contracts: owed('contracts'), e2e: owed('e2e'), load: owed('load') };
  if (STAGES.every((stage) => plan[stage].length === 0)) {
    throw new UsageError(`--only ${only.join(',')} with --stages ${stages.join(',')}: none of these stages decides it`);
  }
  return plan;
}
