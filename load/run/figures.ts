import { cellName, type Endpoint, GRACE_SECONDS, type Plan, sentName } from '../k6/plan.ts';
import type { Block } from '../statistics/bootstrap.ts';
import { figure, type Summary } from './summary.ts';

/** What one k6 run says of one endpoint. Latencies in milliseconds. */
export interface Figures {
  /** Those that were answered, or refused by the network. */
  readonly requests: number;
  /** Those that were still waited for when k6 broke off. */
  readonly unanswered: number;
  /** Answers that were not right, or did not come; and what was wrong with them, the most frequent first. */
  readonly wrong: number;
  readonly faults: readonly { readonly what: string; readonly count: number }[];
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Reads an endpoint's figures; the plan's thresholds must have asked k6 for them (`thresholdsOf`). */
export function figuresOf(summary: Summary, endpoint: Endpoint): Figures {
  const latency = (name: string) => figure(summary, `http_req_duration{name:${endpoint}}`, name);
  const faults = summary.checks
    .filter(({ name, fails }) => fails > 0 && name.startsWith(`${endpoint}: `))
    .map(({ name, fails }) => ({ what: name.slice(endpoint.length + 2), count: fails }))
    .sort((a, b) => b.count - a.count);
  return {
    requests: latency('count'),
    // Answers to what was sent after the last pass had begun count too: there may seem to be fewer.
    unanswered: Math.max(0, figure(summary, sentName(endpoint), 'count') - latency('count')),
    wrong: figure(summary, `wrong_answers{name:${endpoint}}`, 'count'),
    faults,
    p50Ms: latency('p(50)'),
    p95Ms: latency('p(95)'),
    p99Ms: latency('p(99)'),
    maxMs: latency('max'),
  };
}

/**
 * The requests of each block, and how many went over `limitMs`, one of the plan's limits. What was still waited for when k6 broke off
 * had waited longer than any limit below k6's grace: it counts as over, in a block of its own.
 */
export function blocksOf(summary: Summary, plan: Plan, endpoint: Endpoint, limitMs: number): Block[] {
  const limits = plan.limitsMs[endpoint] ?? [];
  const rank = limits.indexOf(limitMs);
  if (rank < 0) throw new RangeError(`${limitMs} ms is no limit of the plan for ${endpoint}`);
  const blocks = Array.from({ length: plan.blocks }, (_, block) => {
    const counts = Array.from({ length: limits.length + 1 }, (_, over) =>
      figure(summary, cellName(endpoint, block, over), 'count'),
    );
    return { requests: sum(counts), over: sum(counts.slice(rank + 1)) };
  });
  const { unanswered } = figuresOf(summary, endpoint);
  return unanswered > 0 && limitMs < GRACE_SECONDS * 1000
    ? [...blocks, { requests: unanswered, over: unanswered }]
    : blocks;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
