import { join } from 'node:path';
import type { Budget } from '../budgets.ts';
import { type Series, wants } from '../judge/series.ts';
import { CostWatch } from '../machine/cost-watch.ts';
import type { Subject } from '../subject.ts';
import { whyBroken } from '../trust/distrust.ts';
import { type Evidence, readEvidence } from '../trust/evidence.ts';
import { runK6 } from './k6-run.ts';
import { buildPlan, type Part } from './plan.ts';
import { scriptOf } from './script.ts';

export interface RunSeriesOptions {
  readonly k6: string;
  readonly subject: Subject;
  readonly budgets: readonly Budget[];
  readonly peopleFile: string;
  /** Users that the snapshot may come to hold. */
  readonly users: number;
  /** A folder of this part alone. */
  readonly dir: string;
  readonly signal: AbortSignal;
  readonly onStart: (pid: number) => void;
  /** Called with what k6 is about to do. */
  readonly tell: (label: string) => void;
}

/** Runs a part as often as its budgets need: once, extended where open, and once more where one was broken. */
export async function runSeries(part: Part, options: RunSeriesOptions): Promise<Series> {
  const { subject, budgets, tell } = options;
  const name = `${part.workload} ${part.journey}`;
  const startedAt = performance.now();
  const watch = subject.cost && (await CostWatch.start(subject.cost));
  tell(name);
  const runs = [await runOnce(part, options, 1)];

  const isWhole = () => whyBroken(runs.at(-1)!) === undefined;
  while (isWhole() && wants(part, runs, budgets) === 'extension') {
    tell(`${name}, extended: too close to tell`);
    runs.push(await runOnce(part, options, runs.length + 1));
  }
  const cost = await watch?.stop();

  const mustConfirm = isWhole() && wants(part, runs, budgets) === 'confirmation';
  if (mustConfirm) tell(`${name}, once more: a budget was broken`);
  const confirmation = mustConfirm ? await runOnce(part, options, runs.length + 1) : undefined;
  const durationMs = performance.now() - startedAt;
  return { part, runs, durationMs, ...(confirmation && { confirmation }), ...(cost && { cost }) };
}

async function runOnce(part: Part, options: RunSeriesOptions, number: number): Promise<Evidence> {
  const { k6, subject, budgets, peopleFile, users, signal, onStart } = options;
  const dir = join(options.dir, String(number));
  const plan = buildPlan({
    ...part,
    baseUrl: subject.baseUrl,
    budgets,
    peopleFile,
    users,
    summaryFile: join(dir, 'summary.json'),
  });
  return readEvidence(part, await runK6({ k6, script: scriptOf(part), plan, dir, signal, onStart }));
}
