import { describe, expect, test } from '@jest/globals';
import type { Budget, Limits } from '../budgets.ts';
import { buildEvidence, type EvidenceInput } from '../testing/evidence.ts';
import type { Floor } from '../trust/busy.ts';
import { judgePart } from './part.ts';
import type { Series } from './series.ts';
import { wants } from './series.ts';

const quiet: Floor = { p50Ms: 1, p95Ms: 2, p99Ms: 3 };
const budgetOf = (limits: Limits, endpoint: Budget['endpoint'] = 'users_snapshot'): Budget[] => [
  { requirement: 'USR-PERF-005', endpoint, workloads: ['average'], limits },
];
function seriesOf(runs: EvidenceInput[], confirmation?: EvidenceInput): Series {
  const evidence = runs.map(buildEvidence);
  return {
    part: evidence[0]!.part,
    runs: evidence,
    durationMs: 1,
    ...(confirmation && { confirmation: buildEvidence(confirmation) }),
  };
}
const judged = (limits: Limits, series: Series, floor: Floor = quiet) => {
  const [check] = judgePart(series, { budgets: budgetOf(limits), floor, users: 10 });
  return { outcome: check?.outcome, reason: check?.reason, flaky: check?.flaky };
};
const p99 = { p99Ms: 100 };
const slow = { over: [0.2], p99Ms: 400 };

describe('a latency budget', () => {
  test('is kept when hardly a request goes over the limit', () => {
    expect(judged(p99, seriesOf([{}])).outcome).toBe('pass');
  });

  test('is broken when a second run confirms it', () => {
    expect(judged(p99, seriesOf([slow], slow)).outcome).toBe('fail');
  });

  test('is flaky when a second run does not confirm it', () => {
    expect(judged(p99, seriesOf([slow], {}))).toMatchObject({ outcome: 'error', flaky: true });
  });

  test('is open when all runs together are too close to tell', () => {
    const series = seriesOf([{ over: [0.01] }, { over: [0.01] }, { over: [0.01] }, { over: [0.01] }]);

    expect(judged(p99, series)).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/4 runs do not suffice/),
    });
  });

  test('is not broken by answers that the bare floor explains', () => {
    const busy = { ...quiet, p99Ms: 350 };

    expect(judged(p99, seriesOf([slow], slow), busy)).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/bare server/),
    });
  });

  test('is broken by answers slower than a slow floor explains', () => {
    const busy = { ...quiet, p99Ms: 50 };

    expect(judged(p99, seriesOf([slow], slow), busy).outcome).toBe('fail');
  });

  test('is kept by a fast target on a slow floor: noise only makes slower', () => {
    expect(judged(p99, seriesOf([{}]), { ...quiet, p99Ms: 350 }).outcome).toBe('pass');
  });

  test('is not broken when k6 took the machine for itself', () => {
    const greedy = { ...slow, machine: { generatorShare: 0.7 } };

    expect(judged(p99, seriesOf([greedy], greedy)).outcome).toBe('error');
  });

  test('is not broken when something else made k6 late', () => {
    const late = { ...slow, lagMs: 350, machine: { busyShare: 0.95 } };

    expect(judged(p99, seriesOf([late], late)).outcome).toBe('error');
  });

  test('is not broken when others had all the cores', () => {
    const machine = { busyShare: 0.99 };

    expect(judged(p99, seriesOf([{ ...slow, machine }], slow))).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/all cores were busy \(99 %\), 89 % of them with neither k6 nor the target/),
    });
    expect(judged(p99, seriesOf([slow], { ...slow, machine })).outcome).toBe('error');
  });

  test('is not broken when others had all the cores and not even one answer was in time, for they all stood in one queue', () => {
    const queued = { over: [1], p99Ms: 400, machine: { busyShare: 0.99 } };

    expect(judged(p99, seriesOf([queued], queued)).outcome).toBe('error');
  });

  test('is broken when it is the target that had all the cores', () => {
    const series = seriesOf([{ ...slow, machine: { busyShare: 0.99 } }], slow);
    const cost = { cpuSeconds: 17, peakRssBytes: 0, rssGrowthBytes: 0 };

    expect(judged(p99, { ...series, cost }).outcome).toBe('fail');
  });

  test('is broken when it is the target that made k6 late', () => {
    const late = { ...slow, lagMs: 350, machine: { busyShare: 0.95 } };
    const cost = { cpuSeconds: 15, peakRssBytes: 1, rssGrowthBytes: 0 };

    expect(judged(p99, { ...seriesOf([late], late), cost }).outcome).toBe('fail');
  });

  test('is not kept when the load was not all sent', () => {
    expect(judged(p99, seriesOf([{ dropped: 1 }])).outcome).toBe('error');
  });

  test('is broken by requests that were still waited for at the end of both runs', () => {
    const hung = { answered: 0, unanswered: 100, dropped: 500 };
    const some = { answered: 100, over: [1], unanswered: 300, dropped: 600 };

    expect(judged(p99, seriesOf([hung], hung)).outcome).toBe('fail');
    expect(judged(p99, seriesOf([some], some), { ...quiet, p99Ms: 350 }).outcome).toBe('fail');
    expect(judged(p99, seriesOf([{ ...slow, over: [1], answered: 40, dropped: 500 }], hung)).outcome).toBe('fail');
    expect(judged(p99, seriesOf([hung], {}))).toMatchObject({ outcome: 'error', flaky: true });
  });

  test('is open when nothing was sent: it may be another endpoint that was waited for', () => {
    const hung = { answered: 0, dropped: 500, part: { workload: 'average', journey: 'mixed' } } as const;

    expect(judged(p99, seriesOf([hung, hung], hung)).outcome).toBe('error');
  });

  test('is broken by what was sent though not all was', () => {
    expect(judged(p99, seriesOf([{ ...slow, dropped: 30 }], slow)).outcome).toBe('fail');
  });
});

describe('a budget of errors', () => {
  test.each([
    [0, 0, 'pass'],
    [0, 1, 'fail'],
    [0.01, 10, 'pass'],
    [0.01, 11, 'fail'],
  ])('of %d with %d of 1000 wrong: %s', (errorRate, wrong, outcome) => {
    expect(judged({ errorRate }, seriesOf([{ wrong }], { wrong })).outcome).toBe(outcome);
  });

  test('is broken by requests that were never answered, unless others had the machine', () => {
    const hung = { answered: 930, unanswered: 70 };
    const busy = { ...hung, machine: { busyShare: 0.99 } };

    expect(judged({ errorRate: 0 }, seriesOf([hung], hung)).outcome).toBe('fail');
    expect(judged({ errorRate: 0 }, seriesOf([busy], hung)).outcome).toBe('error');
    expect(judged({ errorRate: 0 }, seriesOf([{ ...busy, wrong: 1 }], { wrong: 1 })).outcome).toBe('fail');
    expect(judged({ errorRate: 0 }, seriesOf([hung], {}))).toMatchObject({ outcome: 'error', flaky: true });
  });
});

describe('a budget of throughput', () => {
  test('is broken by wrong answers', () => {
    expect(judged({ throughputShare: 0.98 }, seriesOf([{ wrong: 100 }])).outcome).toBe('fail');
  });

  test('is not broken by requests that were never sent', () => {
    expect(judged({ throughputShare: 0.98 }, seriesOf([{ wrong: 100, dropped: 5 }])).outcome).toBe('error');
  });
});

describe('a budget of bytes', () => {
  test.each([
    [{ bytesPerAnswer: 1000 }, 'pass'],
    [{ bytesPerAnswer: 999 }, 'fail'],
    [{ bytesPerUser: 100 }, 'pass'],
    [{ bytesPerUser: 99 }, 'fail'],
  ])('%j with 1000 bytes for 10 users: %s', (limits, outcome) => {
    expect(judged(limits, seriesOf([{}])).outcome).toBe(outcome);
  });
});

describe('a budget of the server', () => {
  const cost = { cpuSeconds: 2, peakRssBytes: 200 * 2 ** 20, rssGrowthBytes: 10 * 2 ** 20 };

  test.each([
    [{ cpuMsPerRequest: 2 }, 'pass'],
    [{ cpuMsPerRequest: 1.9 }, 'fail'],
    [{ peakRssMb: 199 }, 'fail'],
    [{ rssGrowthMb: 9 }, 'fail'],
  ])('%j: %s', (limits, outcome) => {
    const series = { ...seriesOf([{}]), cost };
    const [check] = judgePart(series, { budgets: budgetOf(limits, 'server'), floor: quiet, users: 10 });

    expect(check?.outcome).toBe(outcome);
  });
});

describe('a series', () => {
  test.each([
    ['needs nothing more when the budget is kept', [{}], 'nothing'],
    ['is extended while it is too close to tell', [{ over: [0.01] }], 'extension'],
    ['is extended no more than three times', Array(4).fill({ over: [0.01] }), 'nothing'],
    ['is run once more when the budget is broken', [slow], 'confirmation'],
    ['is run once more when answers are wrong', [{ wrong: 1 }], 'confirmation'],
  ] as const)('%s', (_, runs, wanted) => {
    const series = seriesOf([...runs]);

    expect(wants(series.part, series.runs, budgetOf({ p99Ms: 100, errorRate: 0 }))).toBe(wanted);
  });
  test('is not extended where that could never tell, and the reason says what would', () => {
    const series = seriesOf([{ part: { workload: 'average', journey: 'snapshot', rate: 10, seconds: 5 } }]);

    expect(wants(series.part, series.runs, budgetOf(p99))).toBe('nothing');
    expect(judged(p99, series)).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/takes 381 requests to tell, and 200 are/),
    });
  });
});
