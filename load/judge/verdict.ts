import type { CheckResult } from '../../target/protocol/result.ts';
import { GUARDS, type Guards, whyBroken, whyShort } from '../trust/distrust.ts';
import type { Evidence } from '../trust/evidence.ts';
import { allRuns, type Series } from './series.ts';

/** What a check knows before the guards have spoken. */
export interface Finding {
  readonly requirement: string;
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  readonly numbers: Readonly<Record<string, number>>;
  readonly decision: 'within' | 'over' | 'open';
  /** What the confirming run alone says; undefined where there was none. */
  readonly confirmed?: 'within' | 'over' | 'open' | undefined;
  /** Why a broken limit may be the machine's fault. */
  readonly excuse?: string | undefined;
  /** Why nothing but a longer run could tell that the limit is kept. */
  readonly hopeless?: string | undefined;
}

type Verdict = Pick<CheckResult, 'outcome' | 'reason' | 'flaky'>;

/**
 * The outcome of a finding:
 *
 * |        | run is broken | less load than planned | machine too busy |
 * | ------ | ------------- | ---------------------- | ---------------- |
 * | within | error         | error                  | pass             |
 * | over   | error         | fail                   | error            |
 * | open   | error         | error                  | error            |
 */
export function judge(finding: Finding, series: Series, guards: Guards = GUARDS): CheckResult {
  const { requirement, name, expected, actual, numbers } = finding;
  const verdict = verdictOf(finding, series, guards);
  return { requirement, name, expected, actual, ...verdict, evidence: { numbers }, durationMs: series.durationMs };
}

function verdictOf(
  { decision, confirmed, excuse, hopeless, actual }: Finding,
  series: Series,
  guards: Guards,
): Verdict {
  const broken = firstOf(allRuns(series), (run) => whyBroken(run, guards));
  if (broken !== undefined) return { outcome: 'error', reason: broken };

  if (decision === 'open')
    return { outcome: 'error', reason: hopeless ?? `${series.runs.length} runs do not suffice to tell: ${actual}` };
  if (decision === 'within') {
    const short = firstOf(series.runs, (run) => whyShort(run, guards));
    return short === undefined ? { outcome: 'pass' } : { outcome: 'error', reason: short };
  }
  if (excuse !== undefined) return { outcome: 'error', reason: excuse };
  if (confirmed !== undefined && confirmed !== 'over')
    return { outcome: 'error', reason: 'a second run did not confirm it', flaky: true };
  return { outcome: 'fail' };
}

function firstOf(runs: readonly Evidence[], why: (run: Evidence) => string | undefined): string | undefined {
  for (const run of runs) {
    const reason = why(run);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
