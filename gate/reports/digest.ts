import type { Exchange, Outcome } from '../../target/protocol/result.ts';
import type { RequirementOutcome, Run } from '../verdict/model.ts';

/** A run sorted the way a reader asks: what is against it, what could not be told, what merely deserves a look. Pure. */
export interface Digest {
  /** Blocking, with a failed check and no waiver. */
  readonly failures: readonly RequirementOutcome[];
  /** Blocking, could not tell (flaky ones apart). */
  readonly errors: readonly RequirementOutcome[];
  /** The second run on a fresh user disagreed with the first. */
  readonly flaky: readonly RequirementOutcome[];
  /** Not blocking under this profile, and not passed. */
  readonly warnings: readonly RequirementOutcome[];
  readonly waived: readonly RequirementOutcome[];
  /** Reasons, the most frequent first, with the requirements that were skipped for it. */
  readonly skipped: readonly { readonly reason: string; readonly ids: readonly string[] }[];
  /** A requirement counts once; one with a failed check as failed, whatever else could not be told of it. */
  readonly counts: Readonly<Record<Outcome, number>>;
}

export function digest(run: Run): Digest {
  const has = ({ checks, waiver }: RequirementOutcome, outcome: Outcome) =>
    !waiver && checks.some((check) => check.outcome === outcome);
  const isFlaky = ({ checks }: RequirementOutcome) => checks.some(({ flaky }) => flaky);
  const failures = run.outcomes.filter((outcome) => outcome.blocking && has(outcome, 'fail'));
  const errors = run.outcomes.filter(
    (outcome) => outcome.blocking && outcome.outcome === 'error' && !failures.includes(outcome),
  );
  const counts = { pass: 0, waived: 0, skipped: 0, fail: 0, error: 0 };
  for (const one of run.outcomes) counts[has(one, 'fail') ? 'fail' : one.outcome] += 1;
  const skipped = Map.groupBy(
    run.outcomes.filter(({ outcome }) => outcome === 'skipped'),
    ({ reason }) => reason ?? 'no reason given',
  );
  return {
    failures,
    errors: errors.filter((outcome) => !isFlaky(outcome)),
    flaky: run.outcomes.filter(isFlaky),
    warnings: run.outcomes.filter((outcome) => !outcome.blocking && has(outcome, 'fail')),
    waived: run.outcomes.filter(({ outcome }) => outcome === 'waived'),
    skipped: [...skipped]
      .map(([reason, outcomes]) => ({ reason, ids: outcomes.map(({ requirement }) => requirement.id) }))
      .sort((a, b) => b.ids.length - a.ids.length),
    counts,
  };
}

/** The check that speaks for an outcome: the first of the worst kind. */
export const tellingCheck = ({ checks, outcome }: RequirementOutcome) =>
  checks.find((check) => check.outcome === 'fail') ?? checks.find((check) => check.outcome === outcome) ?? checks[0];

/** The exchange that shows it best: a check ends at the one that went wrong. */
export const tellingExchange = (outcome: RequirementOutcome): Exchange | undefined =>
  tellingCheck(outcome)?.evidence?.exchanges?.at(-1);

/** `4.2 s`, `1 min 12 s`. */
export function duration(ms: number): string {
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** `1 check`, `3 checks`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
