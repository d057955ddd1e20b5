import type { K6Run } from '../run/k6-run.ts';
import type { Part } from '../run/plan.ts';
import { parseSummary, type Summary } from '../run/summary.ts';

/** One k6 run of a part with its summary read, or why it could not be. */
export interface Evidence extends K6Run {
  readonly part: Part;
  readonly figures: Summary | undefined;
  readonly unreadable: string | undefined;
}

/** Reads what a run left. */
export function readEvidence(part: Part, run: K6Run): Evidence {
  if (run.summary === undefined) return { ...run, part, figures: undefined, unreadable: 'k6 wrote no summary' };
  try {
    return { ...run, part, figures: parseSummary(run.summary, run.plan.id), unreadable: undefined };
  } catch (error) {
    return { ...run, part, figures: undefined, unreadable: (error as Error).message };
  }
}
