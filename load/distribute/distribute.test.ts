import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { Budget } from '../budgets.ts';
import { k6ForTests } from '../testing/k6.ts';
import { constant } from '../truth/delays.ts';
import { startTruthServer, type TruthServer } from '../truth/truth-server.ts';
import { runSegments } from './local.ts';
import { type DistributeOptions, distributeOptionsSchema } from './options.ts';
import { judgeRunners, type RunnerOutput } from './verdict.ts';
import { writeFiles } from './write.ts';

let options: DistributeOptions;
let server: TruthServer;
let k6: string;

beforeAll(async () => {
  k6 = await k6ForTests();
  server = await startTruthServer(constant(20));
  options = distributeOptionsSchema.parse({
    mode: 'local',
    k6,
    out: await mkdtemp(join(tmpdir(), 'assay-distribute-')),
    parallelism: 3,
    rate: 120,
    seconds: 4,
    baseUrl: server.url,
    peopleSecret: 'people',
    prometheus: 'http://prometheus:9090/api/v1/write',
  });
  await writeFiles(options);
}, 600_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(options.out, { recursive: true });
});

describe('the manifests', () => {
  const read = async () =>
    parseAllDocuments(await readFile(join(options.out, 'testrun.yaml'), 'utf8')).map((document) => document.toJS());

  test('hold the archive and a TestRun that runs it', async () => {
    const [configMap, testRun] = await read();

    expect(configMap).toMatchObject({ kind: 'ConfigMap', binaryData: { 'archive.tar': expect.any(String) } });
    expect(testRun).toMatchObject({
      apiVersion: 'k6.io/v1alpha1',
      kind: 'TestRun',
      spec: { parallelism: 3, script: { configMap: { name: configMap.metadata.name, file: 'archive.tar' } } },
    });
  });

  test('pin the image and the pull policy of all three pods', async () => {
    const { spec } = (await read())[1];

    for (const pod of [spec.initializer, spec.starter, spec.runner])
      expect(pod).toMatchObject({ image: expect.stringMatching(/:(?!latest).+/), imagePullPolicy: 'IfNotPresent' });
  });

  test('tell initializer and runners the address, and name the Secret without its content', async () => {
    const { spec } = (await read())[1];
    const address = { name: 'BASE_URL', value: server.url };

    expect(spec.initializer.env).toContainEqual(address);
    expect(spec.runner.env).toContainEqual(address);
    expect(spec.runner.env).toContainEqual({
      name: 'PEOPLE',
      valueFrom: { secretKeyRef: { name: 'people', key: 'people' } },
    });
  });
});

describe('segments that run at once', () => {
  const budgets: Budget[] = [
    {
      requirement: 'USR-PERF-005',
      endpoint: 'users_snapshot',
      workloads: ['average'],
      limits: { errorRate: 0, p50Ms: 2000, p95Ms: 5 },
    },
  ];
  const budgetsFor = async () => ({
    plan: JSON.parse(await readFile(join(options.out, 'plan.json'), 'utf8')),
    part: JSON.parse(await readFile(join(options.out, 'part.json'), 'utf8')),
    parallelism: 3,
    // Far from 20 ms on both sides: a busy machine must not decide.
    budgets,
  });
  let runners: RunnerOutput[];
  let expected: Awaited<ReturnType<typeof budgetsFor>>;
  beforeAll(async () => {
    expected = await budgetsFor();
    // The archive must carry all it needs: in a pod there is nothing else.
    await rename(join(options.out, 'plan.json'), join(options.out, 'plan.away'));
    runners = await runSegments({ k6, out: options.out, parallelism: 3 }, { BASE_URL: server.url });
  }, 60_000);

  const p95 = (checks: ReturnType<typeof judgeRunners>) => checks.find(({ name }) => name.includes('p95'));

  test('send together what one process sends, and get its verdict', async () => {
    const [one] = await runSegments({ k6, out: options.out, parallelism: 1 }, { BASE_URL: server.url });

    const merged = judgeRunners(runners, expected);
    const alone = judgeRunners([one!], { ...expected, parallelism: 1 });

    expect(merged.map(({ name, outcome }) => ({ name, outcome }))).toEqual(
      alone.map(({ name, outcome }) => ({ name, outcome })),
    );
    const [there, here] = [p95(merged)?.evidence?.numbers, p95(alone)?.evidence?.numbers];
    expect(Math.abs(there!.requests! - here!.requests!)).toBeLessThanOrEqual(5);
    expect(there!.p50Ms).toBeGreaterThan(20);
    expect(there!.p50Ms).toBeLessThan(500);
  }, 60_000);

  test('are no verdict when one of them is missing', () => {
    const checks = judgeRunners(runners.slice(1), expected);

    expect(new Set(checks.map(({ outcome }) => outcome))).toEqual(new Set(['error']));
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
