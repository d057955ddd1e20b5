import type { CheckResult } from '../../target/protocol/result.ts';
import type { Budget } from '../budgets.ts';
import { judgePart } from '../judge/part.ts';
import { parseSummary, type Summary } from '../run/summary.ts';
import type { Evidence } from '../trust/evidence.ts';
import type { Expected } from './expected.ts';
import { mergeSummaries } from './merge.ts';

/** What one runner left: its exit code (undefined: it has not ended, or is gone) and everything it wrote to stdout. */
export interface RunnerOutput {
  readonly exitCode: number | undefined;
  readonly stdout: string;
}

/** The verdict on all runners together. The operator says `finished` even when thresholds failed, and merges nothing. */
export function judgeRunners(
  runners: readonly RunnerOutput[],
  expected: Pick<Expected, 'plan' | 'part' | 'parallelism'> & { readonly budgets: readonly Budget[] },
): CheckResult[] {
  const { plan, part, parallelism, budgets } = expected;
  const summaries: Summary[] = [];
  const unreadable: string[] = [];
  if (runners.length !== parallelism) unreadable.push(`${runners.length} of ${parallelism} runners are there`);
  for (const [index, { stdout }] of runners.entries())
    try {
      summaries.push(parseSummary(summaryLineOf(stdout), plan.id));
    } catch (error) {
      unreadable.push(`runner ${index + 1}: ${(error as Error).message}`);
    }

  const whole = unreadable.length === 0;
  const failed = runners.find(({ exitCode }) => exitCode !== 0 && exitCode !== 99);
  const evidence: Evidence = {
    part,
    plan,
    exitCode: failed ? failed.exitCode : 0,
    stderr: '',
    summary: undefined,
    machine: { cores: 1 },
    figures: whole ? mergeSummaries(summaries, plan) : undefined,
    unreadable: whole ? undefined : unreadable.join('; '),
  };
  const series = { part, runs: [evidence], durationMs: evidence.figures?.durationMs ?? 0 };
  return judgePart(series, { budgets, floor: undefined, users: undefined });
}

/** The summary is one line among k6's own. */
const summaryLineOf = (stdout: string): string => {
  const line = stdout.split('\n').findLast((text) => text.startsWith('{"id":'));
  // k6 prints what comes after the summary onto its line, for the summary has no line break of its own.
  return line === undefined ? '' : line.slice(0, line.lastIndexOf('}') + 1);
};
