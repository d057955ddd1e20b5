import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { parseAllDocuments } from 'yaml';
import { writeDistribution } from '../testing/distribution.ts';
import { configMapSchema, testRunSchema } from '../testing/testrun.ts';
import { manifestOf } from './manifest.ts';
import type { DistributeOptions } from './options.ts';
import { refuseParallelism } from './options.ts';

let written: Awaited<ReturnType<typeof writeDistribution>>;
beforeAll(async () => {
  written = await writeDistribution({
    parallelism: 3,
    journey: 'mixed',
    baseUrl: 'http://users.test:1000',
    peopleSecret: 'people',
    prometheus: 'http://prometheus:9090/api/v1/write',
  });
}, 600_000);
afterAll(async () => written[Symbol.asyncDispose]());

const documentsOf = (yaml: string) => parseAllDocuments(yaml).map((document) => document.toJS());
const read = async () => documentsOf(await readFile(join(written.options.out, 'testrun.yaml'), 'utf8'));

describe('the manifests', () => {
  test('are what the operator decodes strictly: a ConfigMap with the archive, and a TestRun that runs it', async () => {
    const [configMap, testRun] = await read();

    expect(Object.keys(configMapSchema.parse(configMap).binaryData)).toEqual(['archive.tar']);
    expect(testRunSchema.parse(testRun).spec).toMatchObject({
      parallelism: 3,
      script: { configMap: { name: configMap.metadata.name, file: 'archive.tar' } },
    });
  });

  test.each<Partial<DistributeOptions>>([
    { volumeClaim: 'scripts' },
    { separate: true },
    { peopleSecret: undefined, prometheus: undefined },
  ])('are so with %j too', (overrides) => {
    const [testRun] = documentsOf(manifestOf({ ...written.options, ...overrides }, Buffer.from('archive'))).slice(-1);

    expect(testRunSchema.safeParse(testRun).error).toBeUndefined();
  });

  test('are not so with a field of no meaning: the schema of this test would see it', async () => {
    const testRun = (await read())[1];

    expect(testRunSchema.safeParse({ ...testRun, spec: { ...testRun.spec, cleanUp: 'post' } }).success).toBe(false);
    expect(testRunSchema.safeParse({ ...testRun, spec: { ...testRun.spec, starter: {} } }).success).toBe(false);
  });

  test('tell initializer and runners the address, and name the Secret without its content', async () => {
    const { spec } = (await read())[1];
    const address = { name: 'BASE_URL', value: 'http://users.test:1000' };
    const people = { name: 'PEOPLE', valueFrom: { secretKeyRef: { name: 'people', key: 'people' } } };

    expect(spec.initializer.env).toContainEqual(address);
    expect(spec.runner.env).toEqual(expect.arrayContaining([address, people]));
  });

  test('keep the runners when they have ended: their logs and exit codes are the verdict', async () => {
    expect((await read())[1].spec).not.toHaveProperty('cleanup');
  });
});

test('the initializer finds as many VUs as there are pods', async () => {
  const { k6 = '', out, parallelism } = written.options;
  const again = join(out, 'again.tar');
  // As the operator's initializer runs it; of the arguments it leaves `--out` away.
  const tags = ['--tag', 'workload=average', '--tag', 'journey=mixed'];
  await execa(k6, ['archive', join(out, 'archive.tar'), '-e', 'BASE_URL=http://users.test:1000', '-O', again, ...tags]);

  const { stdout, stderr } = await execa(k6, ['inspect', '--execution-requirements', again]);

  expect(JSON.parse(stdout).maxVUs).toBeGreaterThanOrEqual(parallelism);
  expect(stderr).not.toMatch(/level.*error/);
});

test('more pods than iterations a second are refused: some would have nothing to do', () => {
  expect(refuseParallelism({ ...written.options, rate: 2 })).toMatch(/3 pods cannot share 2/);
  expect(refuseParallelism({ ...written.options, rate: 3 })).toBeUndefined();
});
