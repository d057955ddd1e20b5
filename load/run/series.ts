import { join } from 'node:path';
import type { Budget } from '../budgets.ts';
import { type Series, wants } from '../judge/series.ts';
import { totalOf } from '../k6/workloads.ts';
import { CostWatch } from '../machine/cost-watch.ts';
import type { Subject } from '../subject.ts';
import { whyBroken } from '../trust/distrust.ts';
import { type Evidence, readEvidence } from '../trust/evidence.ts';
import { type K6Surroundings, runK6 } from './k6-run.ts';
import { type OutputOptions, outputsOf } from './outputs.ts';
import { buildPlan, type Part, stepsOfPart } from './plan.ts';
import type { K6Progress } from './progress-line.ts';
import { scriptOf } from './script.ts';

export interface RunSeriesOptions extends K6Surroundings {
  readonly subject: Subject;
  readonly budgets: readonly Budget[];
  readonly outputs: OutputOptions;
  readonly peopleFile: string;
  /** Users that the snapshot may come to hold. */
  readonly users: number;
  /** A folder of this part alone. */
  readonly dir: string;
  /** Called with what k6 is doing. */
  readonly tell: (label: string) => void;
}

/** Runs a part as often as its budgets need: once, extended where open, and once more where one was broken. */
export async function runSeries(part: Part, options: RunSeriesOptions): Promise<Series> {
  const { subject, budgets } = options;
  const startedAt = performance.now();
  const watch = subject.cost && (await CostWatch.start(subject.cost));
  const runs = [await runOnce(part, options, 1, '')];

  const isWhole = () => whyBroken(runs.at(-1)!) === undefined;
  while (isWhole() && wants(part, runs, budgets) === 'extension')
    runs.push(await runOnce(part, options, runs.length + 1, ', extended: too close to tell'));
  const cost = await watch?.stop();

  const mustConfirm = isWhole() && wants(part, runs, budgets) === 'confirmation';
  const why = ', once more: a budget was broken';
  const confirmation = mustConfirm ? await runOnce(part, options, runs.length + 1, why) : undefined;
  const durationMs = performance.now() - startedAt;
  return { part, runs, durationMs, ...(confirmation && { confirmation }), ...(cost && { cost }) };
}

async function runOnce(part: Part, options: RunSeriesOptions, number: number, why: string): Promise<Evidence> {
  const { subject, budgets, peopleFile, users, outputs, tell, ...surroundings } = options;
  const dir = join(options.dir, String(number));
  const name = `${part.workload} ${part.journey}${why}`;
  const { iterations: planned } = totalOf(stepsOfPart(part));
  tell(name);
  const plan = buildPlan({
    ...part,
    baseUrl: subject.baseUrl,
    budgets,
    peopleFile,
    users,
    summaryFile: join(dir, 'summary.json'),
  });
  const onProgress = ({ iterations, busyVus }: K6Progress) =>
    tell(`${name}: ${iterations} of ${planned}, ${busyVus} waiting`);
  const run = { ...surroundings, ...outputsOf(outputs, part, number), script: scriptOf(part), plan, dir, onProgress };
  return readEvidence(part, await runK6(run));
}
