import type { Requirement } from '../../contracts/requirements/requirement.ts';
import { type CheckResult, OUTCOMES, type Outcome, type Stage } from '../../target/protocol/result.ts';
import type { RequirementOutcome } from './model.ts';
import type { Waiver } from './waivers.ts';

/** The worse of two outcomes, in the order of `OUTCOMES`: a status only gets worse. */
export const worse = (a: Outcome, b: Outcome): Outcome => (OUTCOMES.indexOf(b) > OUTCOMES.indexOf(a) ? b : a);

/** What one stage said of the requirements it was to decide; `broken` when it gave no result that counts. */
export interface StageEvidence {
  readonly stage: Stage;
  readonly declared: readonly string[];
  readonly checks: readonly CheckResult[];
  readonly broken?: string;
}

/**
 * Makes one outcome per declared requirement out of what the stages said. A requirement that its stage was to decide and
 * said nothing of, or that it was not asked about, is an `error`: silence is no evidence.
 */
export function combine(
  catalogue: readonly Requirement[],
  evidence: readonly StageEvidence[],
  waivers: readonly Waiver[],
  profile: 'standard' | 'hardened',
): RequirementOutcome[] {
  const checks = evidence.flatMap((stage) => [
    ...stage.checks.map((check) => ({ ...check, stage: stage.stage })),
    ...silences(stage),
  ]);
  const mentioned = new Set(checks.map((check) => check.requirement));
  const unknown = [...mentioned].filter((id) => !catalogue.some((requirement) => requirement.id === id));
  if (unknown.length > 0)
    throw new Error(`a stage reported requirements that are not in the catalogue: ${unknown.join(', ')}`);
  return catalogue
    .filter(({ id }) => mentioned.has(id))
    .map((requirement) => {
      const own = checks.filter((check) => check.requirement === requirement.id);
      const raw = own.map(({ outcome }): Outcome => outcome).reduce(worse, 'pass');
      const waiver = raw === 'fail' ? waivers.find(({ requirement: id }) => id === requirement.id) : undefined;
      const reason = own.find((check) => check.outcome === raw)?.reason;
      return {
        requirement,
        outcome: waiver ? 'waived' : raw,
        blocking: isBlocking(requirement, profile),
        ...(reason ? { reason } : {}),
        ...(waiver ? { waiver } : {}),
        checks: own,
      };
    });
}

/** Whether a requirement can turn the verdict. Source: design.md, "Verdict". */
export const isBlocking = ({ level }: Pick<Requirement, 'level'>, profile: 'standard' | 'hardened'): boolean =>
  level !== 'hardened' || profile === 'hardened';

/** An `error` for each requirement that the stage owes, and for each check that nobody asked for. */
function silences({ stage, declared, checks, broken }: StageEvidence): (CheckResult & { stage: Stage })[] {
  const silent = declared.filter((id) => !checks.some((check) => check.requirement === id));
  const unasked = [...new Set(checks.map(({ requirement }) => requirement))].filter((id) => !declared.includes(id));
  const error = (requirement: string, reason: string) =>
    ({ requirement, stage, name: `${stage}: evidence`, outcome: 'error', reason, durationMs: 0 }) as const;
  return [
    ...silent.map((id) => error(id, broken ?? `the ${stage} stage ended without a word on it`)),
    ...unasked.map((id) => error(id, `the ${stage} stage reported it though it was not asked to`)),
  ];
}
