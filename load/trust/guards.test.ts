import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decideLatency } from '../judge/series.ts';
import type { Plan } from '../k6/plan.ts';
import { figuresOf } from '../run/figures.ts';
import { runK6 } from '../run/k6-run.ts';
import { buildPlan, type Part } from '../run/plan.ts';
import { SCRIPTS } from '../run/script.ts';
import { k6ForTests } from '../testing/k6.ts';
import { oneIn } from '../truth/delays.ts';
import { startTruthServer, type TruthServer } from '../truth/truth-server.ts';
import { GUARDS, type Guards, whyBroken, whyShort } from './distrust.ts';
import { type Evidence, readEvidence } from './evidence.ts';

const part: Part = { workload: 'smoke', journey: 'snapshot', rate: 20, seconds: 1 };
let k6: string;
let dir: string;
let server: TruthServer;

beforeAll(async () => {
  k6 = await k6ForTests();
  dir = await mkdtemp(join(tmpdir(), 'assay-guards-'));
  server = await startTruthServer(oneIn(10, 75, 0));
}, 600_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

/** A server that answers everything with one body. */
async function serveAlways(body: string) {
  const always = createServer((_, response) => response.setHeader('content-type', 'application/json').end(body));
  await new Promise<void>((resolve) => always.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(always.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      always.closeAllConnections();
      await new Promise((resolve) => always.close(resolve));
    },
  };
}

/** Runs a script with one threshold of k6's, which passes. */
async function run(script: string, overrides: Partial<Plan> = {}): Promise<Evidence> {
  const plan: Plan = {
    ...buildPlan({ ...part, baseUrl: server.url, budgets: [], summaryFile: join(dir, 'summary.json') }),
    limitsMs: { users_snapshot: [500] },
    thresholds: { 'http_req_duration{name:users_snapshot}': ['p(95)<500'] },
    ...overrides,
  };
  return readEvidence(part, await runK6({ k6, script: join(SCRIPTS, `${script}.ts`), plan, dir }));
}

const without = (...names: string[]): Guards => {
  const rest = (guards: Guards['broken']) =>
    Object.fromEntries(Object.entries(guards).filter(([key]) => !names.includes(key)));
  return { ...GUARDS, broken: rest(GUARDS.broken), short: rest(GUARDS.short) };
};

const trust = (evidence: Evidence, guards = GUARDS) => ({
  exitCode: evidence.exitCode,
  why: whyBroken(evidence, guards) ?? whyShort(evidence, guards),
});

describe('a run of k6', () => {
  test('is trusted when nothing is wrong with it', async () => {
    const evidence = await run('smoke-snapshot');

    expect(trust(evidence)).toEqual({ exitCode: 0, why: undefined });
  });

  test('is what the plan says whatever the environment says', async () => {
    process.env.K6_ITERATIONS = '1';

    const evidence = await run('smoke-snapshot');

    delete process.env.K6_ITERATIONS;
    expect(trust(evidence)).toEqual({ exitCode: 0, why: undefined });
  });

  test.each([
    ['iterations throw', 'completed', 'holes/throws', /iterations threw: .*a bug in a script/],
    ['handleSummary throws', 'summary', 'holes/summary-throws', /wrote no summary/],
    ['requests are not judged', 'counted', 'holes/uncounted', /count of requests and ours differ/],
    ['half the load is sent', 'planned', 'holes/half', /1[01] of 20/],
  ])('is not trusted when %s, and only the guard "%s" sees it: k6 exits 0', async (_, guard, script, reason) => {
    const evidence = await run(script);

    expect(trust(evidence)).toEqual({ exitCode: 0, why: expect.stringMatching(reason) });
    expect(trust(evidence, without(guard))).toEqual({ exitCode: 0, why: undefined });
  });

  test('is not trusted when iterations are dropped: k6 exits 0', async () => {
    const evidence = await run('holes/drops');

    expect(trust(evidence)).toEqual({ exitCode: 0, why: expect.stringMatching(/dropped/) });
    // One dropped iteration is within the tolerance of "planned"; on a busy machine there are more, and it sees them too.
    expect(trust(evidence, without('dropped', 'planned'))).toEqual({ exitCode: 0, why: undefined });
  });

  test.each([
    ['on a mistyped tag', 'http_req_duration{nmae:users_snapshot}', 'p(95)<500'],
    ['on a metric that is never sampled', 'ws_connecting', 'p(95)<500'],
  ])('is not trusted when a threshold is %s, and only the guard "sampled" sees it', async (_, metric, threshold) => {
    const own = { 'http_req_duration{name:users_snapshot}': ['p(95)<500'] };
    const evidence = await run('smoke-snapshot', { thresholds: { ...own, [metric]: [threshold] } });

    expect(trust(evidence)).toEqual({ exitCode: 0, why: `nothing was measured for ${metric}` });
    expect(trust(evidence, without('sampled'))).toEqual({ exitCode: 0, why: undefined });
  });

  test('is not trusted when k6 could not run the script', async () => {
    const evidence = await run('no-such-script');

    expect(whyBroken(evidence)).toMatch(/^k6 ended with exit code 255/);
  });

  test('breaks every latency limit when the server is down, which looks fast to k6: it exits 0', async () => {
    const evidence = await run('smoke-snapshot', { baseUrl: 'http://127.0.0.1:9' });

    expect(trust(evidence)).toEqual({ exitCode: 0, why: undefined });
    expect(figuresOf(evidence.figures!, 'users_snapshot').p95Ms).toBeLessThan(500);
    expect(decideLatency([evidence], 'users_snapshot', 500, 0.05).decision).toBe('over');
  });

  test('counts every answer that is fast and wrong: k6 exits 0 for them', async () => {
    const peopleFile = join(dir, 'people.json');
    await writeFile(peopleFile, JSON.stringify({ visitors: [], residents: [{ id: 'ada', email: 'ada@test' }] }));
    await using somebodyElse = await serveAlways('{"id":"grace","email":"grace@test"}');
    const endpoint = 'users_specific_user_snapshot';

    const evidence = await run('smoke-lookup', {
      baseUrl: somebodyElse.url,
      peopleFile,
      limitsMs: { [endpoint]: [500] },
      thresholds: { [`http_req_duration{name:${endpoint}}`]: ['p(95)<500'], [`wrong_answers{name:${endpoint}}`]: [] },
    });

    const { requests, wrong, faults } = figuresOf(evidence.figures!, endpoint);
    expect({ exitCode: evidence.exitCode, wrong, faults }).toEqual({
      exitCode: 0,
      wrong: requests,
      faults: [{ what: 'the profile of another', count: requests }],
    });
    expect(decideLatency([evidence], endpoint, 500, 0.05).decision).toBe('over');
  });
});
