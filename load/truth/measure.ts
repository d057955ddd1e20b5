import { join } from 'node:path';
import { runK6 } from '../run/k6-run.ts';
import { buildPlan, type Part } from '../run/plan.ts';
import { scriptOf } from '../run/script.ts';
import { figure } from '../run/summary.ts';
import { quantile } from '../statistics/interval.ts';
import { whyBroken, whyShort } from '../trust/distrust.ts';
import { readEvidence } from '../trust/evidence.ts';
import type { TruthCase } from './cases.ts';
import { startTruthServer } from './truth-server.ts';

/** What k6 said of a latency, and what the server itself knows of it, in milliseconds. */
export interface TruthFigure {
  readonly percentile: string;
  readonly saidMs: number;
  readonly trueMs: number;
  /** Within 1 ms or 3 %. */
  readonly right: boolean;
}

/** Holds what k6 says against what is. Rejects when the run itself cannot be trusted. */
export async function measureTruth(truth: TruthCase, options: { k6: string; dir: string }) {
  const { k6, dir } = options;
  await using server = await startTruthServer(truth.delay);
  const part: Part = { workload: 'average', journey: 'snapshot', rate: 100, seconds: truth.seconds };
  const plan = buildPlan({ ...part, baseUrl: server.url, budgets: [], summaryFile: join(dir, 'summary.json') });
  const evidence = readEvidence(part, await runK6({ k6, script: scriptOf(part), plan, dir }));
  const distrust = whyBroken(evidence) ?? whyShort(evidence);
  if (distrust !== undefined || !evidence.figures) throw new Error(`${truth.name}: ${distrust}`);

  const held = [...server.heldMs].sort((a, b) => a - b);
  const { figures } = evidence;
  return truth.shownIn.map((percentile): TruthFigure => {
    const share = Number(percentile.slice(1)) / 100;
    const saidMs = figure(figures, 'http_req_duration', `p(${share * 100})`);
    const trueMs = quantile(held, share);
    return { percentile, saidMs, trueMs, right: Math.abs(saidMs - trueMs) <= Math.max(1, trueMs * 0.03) };
  });
}
