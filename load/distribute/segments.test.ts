import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Budget } from '../budgets.ts';
import { writeDistribution } from '../testing/distribution.ts';
import { constant } from '../truth/delays.ts';
import { startTruthServer, type TruthServer } from '../truth/truth-server.ts';
import { readExpected } from './expected.ts';
import { runSegments } from './local.ts';
import { sumUp } from './summing-up.ts';
import { judgeRunners, type RunnerOutput } from './verdict.ts';

describe('segments that run at once', () => {
  // Far from 20 ms on both sides: a busy machine must not decide.
  const budgets: Budget[] = [
    {
      requirement: 'USR-PERF-005',
      endpoint: 'users_snapshot',
      workloads: ['average'],
      limits: { errorRate: 0, p50Ms: 2000, p95Ms: 5 },
    },
  ];
  let server: TruthServer;
  let written: Awaited<ReturnType<typeof writeDistribution>>;
  let runners: RunnerOutput[];
  let expected: Parameters<typeof judgeRunners>[1];

  beforeAll(async () => {
    server = await startTruthServer(constant(20));
    written = await writeDistribution({ parallelism: 3, rate: 120, seconds: 4, baseUrl: server.url });
    const { out } = written.options;
    expected = { ...(await readExpected(out)), budgets };
    // The archive must carry all it needs: in a pod there is nothing else.
    await rename(join(out, 'plan.json'), join(out, 'plan.away'));
    runners = await runSegments(written.options);
  }, 600_000);

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await written[Symbol.asyncDispose]();
  });

  const p95 = (checks: ReturnType<typeof judgeRunners>) => checks.find(({ name }) => name.includes('p95'));

  test('send together what one process sends, and get its verdict', async () => {
    const [one] = await runSegments({ ...written.options, parallelism: 1 });

    const merged = judgeRunners(runners, expected);
    const alone = judgeRunners([one!], { ...expected, parallelism: 1 });

    expect(merged.map(({ name, outcome }) => ({ name, outcome }))).toEqual(
      alone.map(({ name, outcome }) => ({ name, outcome })),
    );
    expect(sumUp(merged)).toEqual({ verdict: 'reject', exitCode: 1 });
    const [there, here] = [p95(merged)?.evidence?.numbers, p95(alone)?.evidence?.numbers];
    expect(Math.abs(there!.requests! - here!.requests!)).toBeLessThanOrEqual(5);
    expect(there!.p50Ms).toBeGreaterThan(20);
    expect(there!.p50Ms).toBeLessThan(500);
  }, 60_000);

  test('are no verdict when one of them is missing', () => {
    const checks = judgeRunners(runners.slice(1), expected);

    expect(new Set(checks.map(({ outcome }) => outcome))).toEqual(new Set(['error']));
    expect(sumUp(checks)).toEqual({ verdict: 'inconclusive', exitCode: 2 });
    expect(checks[0]?.reason).toContain('2 of 3 runners');
  });

  test('are no verdict when one of them crashed, though the others are fine', () => {
    const [first, ...rest] = runners;
    const checks = judgeRunners([{ ...first!, exitCode: 107 }, ...rest], expected);

    expect(checks[0]).toMatchObject({ outcome: 'error', reason: expect.stringContaining('exit code 107') });
  });

  test('are no verdict when one log is cut off', () => {
    const [first, ...rest] = runners;
    const checks = judgeRunners([{ ...first!, stdout: first!.stdout.slice(0, 500) }, ...rest], expected);

    expect(checks[0]).toMatchObject({ outcome: 'error', reason: expect.stringContaining('runner 1') });
  });
});
