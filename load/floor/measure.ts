import { join } from 'node:path';
import { figuresOf } from '../run/figures.ts';
import { type K6Surroundings, runK6 } from '../run/k6-run.ts';
import { buildPlan, type Part } from '../run/plan.ts';
import { scriptOf } from '../run/script.ts';
import type { Floor } from '../trust/busy.ts';
import { whyBroken } from '../trust/distrust.ts';
import { readEvidence } from '../trust/evidence.ts';

/** Long enough for 200 requests at the usual rate. */
const SECONDS = 2;

export interface MeasureFloorOptions extends K6Surroundings {
  /** Of a floor server that answers with the target's snapshot. */
  readonly url: string;
  /** Requests per second: those of the run that it is held against. */
  readonly rate: number;
  /** Profiles in the snapshot: as many answers are read as are of the target's. */
  readonly users: number;
  readonly dir: string;
}

/** What the machine and k6 themselves take for a snapshot, in milliseconds. Rejects when that cannot be measured. */
export async function measureFloor({ url, rate, users, dir, ...surroundings }: MeasureFloorOptions): Promise<Floor> {
  const part: Part = { workload: 'average', journey: 'snapshot', rate, seconds: SECONDS };
  const plan = buildPlan({ ...part, baseUrl: url, budgets: [], users, summaryFile: join(dir, 'summary.json') });
  const run = await runK6({ ...surroundings, script: scriptOf(part), plan, dir });
  const evidence = readEvidence(part, run);
  const broken = whyBroken(evidence);
  if (broken !== undefined || !evidence.figures) throw new Error(`the floor could not be measured: ${broken}`);
  const { p50Ms, p95Ms, p99Ms } = figuresOf(evidence.figures, 'users_snapshot');
  return { p50Ms, p95Ms, p99Ms };
}

/** The worse of two, figure by figure. */
export const worseFloor = (a: Floor, b: Floor): Floor => ({
  p50Ms: Math.max(a.p50Ms, b.p50Ms),
  p95Ms: Math.max(a.p95Ms, b.p95Ms),
  p99Ms: Math.max(a.p99Ms, b.p99Ms),
});
