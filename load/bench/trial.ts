import { join } from 'node:path';
import { blocksOf, figuresOf } from '../run/figures.ts';
import { type K6Surroundings, runK6 } from '../run/k6-run.ts';
import { buildPlan, type Part } from '../run/plan.ts';
import { scriptOf } from '../run/script.ts';
import { figure } from '../run/summary.ts';
import { othersShare } from '../trust/busy.ts';
import { whyBroken, whyShort } from '../trust/distrust.ts';
import { readEvidence } from '../trust/evidence.ts';
import type { Contestant } from './contestant.ts';
import type { Tried } from './search.ts';

/** One rate, put on one contestant for some seconds. Latencies in milliseconds. */
export interface Trial extends Tried {
  /** Right answers a second. */
  readonly throughput: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly meanMs: number;
  /** CPU milliseconds of the contestant for each request; absent where it cannot tell. */
  readonly cpuMsPerRequest?: number;
  readonly peakRssBytes?: number;
  /** k6's share of all cores: near 1 it is the generator that was measured. */
  readonly generatorShare?: number;
  /** The share of all cores that neither k6 nor the contestant had. */
  readonly othersShare?: number;
  /** Why the budget was not met; absent when it was. */
  readonly why?: string;
}

export interface TrialOptions extends K6Surroundings {
  readonly dir: string;
  readonly users: number;
  readonly seconds: number;
  readonly limitMs: number;
  readonly allowed: number;
}

/** Tries one rate. Rejects only when k6 itself fails. */
export async function tryRate(contestant: Contestant, rate: number, options: TrialOptions): Promise<Trial> {
  const { dir, users, seconds, limitMs, allowed, ...surroundings } = options;
  const part: Part = { workload: 'average', journey: 'snapshot', rate, seconds };
  const { baseUrl, peopleFile } = contestant;
  const made = buildPlan({ ...part, baseUrl, peopleFile, users, budgets: [], summaryFile: join(dir, 'summary.json') });
  const plan = { ...made, limitsMs: { users_snapshot: [limitMs] } };
  const before = await contestant.cost?.();
  const evidence = readEvidence(part, await runK6({ ...surroundings, script: scriptOf(part), plan, dir }));
  const after = await contestant.cost?.();
  const broken = whyBroken(evidence);
  if (broken !== undefined || !evidence.figures) throw new Error(`${contestant.name} at ${rate}/s: ${broken}`);

  const { requests, wrong, faults, p50Ms, p95Ms, p99Ms } = figuresOf(evidence.figures, 'users_snapshot');
  const over = blocksOf(evidence.figures, plan, 'users_snapshot', limitMs).reduce((sum, block) => sum + block.over, 0);
  const why =
    (wrong > 0 ? `${wrong} wrong answers: ${faults[0]?.what}` : undefined) ??
    whyShort(evidence) ??
    (over > allowed * requests
      ? `${((over / requests) * 100).toFixed(1)} % took longer than ${limitMs} ms`
      : undefined);
  const others = othersShare(evidence, before && after && after.cpuSeconds - before.cpuSeconds);
  return {
    rate,
    met: why === undefined,
    throughput: (requests - wrong) / (evidence.figures.durationMs / 1000),
    p50Ms,
    p95Ms,
    p99Ms,
    meanMs: figure(evidence.figures, 'http_req_duration{name:users_snapshot}', 'avg'),
    ...(before &&
      after && {
        cpuMsPerRequest: ((after.cpuSeconds - before.cpuSeconds) * 1000) / Math.max(1, requests),
        peakRssBytes: Math.max(before.rssBytes, after.rssBytes),
      }),
    ...(evidence.machine.generatorShare !== undefined && { generatorShare: evidence.machine.generatorShare }),
    ...(others !== undefined && { othersShare: others }),
    ...(why !== undefined && { why }),
  };
}

/** A trial in a few words. */
export const describeTrial = ({ p99Ms, why }: Trial): string => `p99 ${p99Ms.toFixed(1)} ms, ${why ?? 'budget met'}`;
