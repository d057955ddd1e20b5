import { EXIT } from '../errors.ts';
import type { RequirementOutcome, StageRun, Verdict } from './model.ts';

/**
 * The verdict: a pure function of outcomes. Source: design.md, "Verdict".
 *
 * - `reject` when there is evidence against: a check of a blocking requirement failed and nobody waived it. One proven fault
 *   is enough, whatever else could not be told.
 * - `inconclusive` when evidence is missing: a blocking requirement is an error, a documented one was skipped, a stage broke,
 *   or nothing was decided at all.
 * - `ship` otherwise. A skipped `expected` or `hardened` requirement does not block: a target that cannot be restarted is not
 *   worse for it; the report counts them.
 */
export function decide(outcomes: readonly RequirementOutcome[], stages: readonly StageRun[]): Verdict {
  const blocking = outcomes.filter((outcome) => outcome.blocking);
  const failed = blocking.filter(({ waiver, checks }) => !waiver && checks.some(({ outcome }) => outcome === 'fail'));
  if (failed.length > 0) {
    return {
      verdict: 'reject',
      exitCode: EXIT.reject,
      reasons: failed.map((outcome) => `${sentenceOf(outcome)} (failed)`),
    };
  }

  const errors = blocking.filter(({ outcome }) => outcome === 'error');
  const undecided = blocking.filter(
    ({ outcome, requirement }) => outcome === 'skipped' && requirement.level === 'documented',
  );
  const broken = stages.filter(({ state, checks }) => state === 'broken' || checks === 0);
  const reasons = [
    ...broken.map(({ stage, reason }) => `the ${stage} stage gave no evidence: ${reason ?? 'it ran no checks'}`),
    ...errors.map((outcome) => `${sentenceOf(outcome)} (could not tell: ${outcome.reason ?? 'no reason given'})`),
    ...undecided.map((outcome) => `${sentenceOf(outcome)} (skipped: ${outcome.reason ?? 'no reason given'})`),
    ...(outcomes.some(({ outcome }) => outcome === 'pass') ? [] : ['no requirement was decided']),
  ];
  if (reasons.length > 0) return { verdict: 'inconclusive', exitCode: EXIT.inconclusive, reasons };

  const waived = blocking.filter(({ outcome }) => outcome === 'waived').length;
  const passed = blocking.filter(({ outcome }) => outcome === 'pass').length;
  const waivedText = waived > 0 ? `, ${waived} waived` : '';
  return { verdict: 'ship', exitCode: EXIT.ship, reasons: [`${passed} blocking requirements passed${waivedText}`] };
}

const sentenceOf = ({ requirement }: RequirementOutcome): string => `${requirement.id} ${requirement.sentence}`;
