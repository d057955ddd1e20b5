import { describe, expect, jest, test } from '@jest/globals';
import { execaNode } from 'execa';
import { PROVIDER, PYTHON_CONSUMER, TYPESCRIPT_CONSUMER } from '../participants.ts';
import { BrokerStandIn, type StandInOptions } from './stand-in.ts';

// Each of these starts processes; a machine that is busy otherwise takes its time over that.
jest.setTimeout(60_000);

const PROGRAM = new URL('./main.ts', import.meta.url).pathname;

/** Runs `assay contracts …` against a STAND-IN for the broker: see stand-in.ts. */
async function run(words: string[], options: StandInOptions = {}, environment: Record<string, string> = {}) {
  await using broker = await BrokerStandIn.start(options);
  const { exitCode, all } = await execaNode(PROGRAM, words, {
    env: { PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_TOKEN: 'a-broker-token', ...environment },
    nodeOptions: ['--disable-warning=ExperimentalWarning'],
    reject: false,
    all: true,
  });
  return { exitCode, output: all, told: broker.told };
}

describe('assay contracts (against a stand-in for the broker)', () => {
  test('publish sends every pact with version, branch and tags', async () => {
    const words = ['publish', '--version', 'v1', '--branch', 'main', '--tag', 'a', 'b'];

    const { exitCode, told } = await run(words);

    expect(exitCode).toBe(0);
    expect(told.map(({ path, authorization }) => ({ path, authorization }))).toEqual(
      Array(2).fill({ path: '/contracts/publish', authorization: 'Bearer a-broker-token' }),
    );
    const consumers = told.map(({ body }) => (body as { pacticipantName: string }).pacticipantName);
    expect(consumers.sort()).toEqual([PYTHON_CONSUMER, TYPESCRIPT_CONSUMER]);
    expect(told[0]!.body).toMatchObject({ pacticipantVersionNumber: 'v1', branch: 'main', tags: ['a', 'b'] });
    expect(told[0]!.body).toMatchObject({ contracts: [{ providerName: PROVIDER, contentType: 'application/json' }] });
  });

  test('publish takes version and branch from git where they are not said', async () => {
    const { told } = await run(['publish']);

    expect(told[0]!.body).toMatchObject({ pacticipantVersionNumber: expect.stringMatching(/^[0-9a-f]{40}(-dirty)?$/) });
  });

  test.each([
    ['yes', true, 0],
    ['no', false, 1],
  ])('can-i-deploy ends with the exit code for %s', async (_answer, deployable, exitCode) => {
    const words = ['can-i-deploy', '--version', 'v1', '--environment', 'production'];

    const ended = await run(words, { deployable });

    expect(ended).toMatchObject({ exitCode, told: [{ path: expect.stringContaining(`pacticipant]=${PROVIDER}`) }] });
    expect(ended.told[0]!.path).toContain('environment=production');
  });

  test.each([
    ['record-deployment', '/deployed'],
    ['record-release', '/released'],
  ])('%s tells the broker', async (command, path) => {
    const words = [command, '--version', 'v1', '--environment', 'production', '--pacticipant', TYPESCRIPT_CONSUMER];

    await expect(run(words)).resolves.toMatchObject({ exitCode: 0, told: [{ method: 'POST', path }] });
  });

  test('cannot tell when the broker refuses us', async () => {
    const { exitCode, output, told } = await run(['publish', '--version', 'v1'], { status: 401 });

    expect({ exitCode, told }).toEqual({ exitCode: 2, told: [] });
    expect(output).toBe('assay: the broker answered GET / with 401');
  });

  test('cannot tell when the broker is down', async () => {
    const environment = { PACT_BROKER_BASE_URL: 'http://127.0.0.1:4' };

    const { exitCode, output } = await run(['publish'], {}, environment);

    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining('does not answer') });
  });

  test.each([
    ['no broker', ['publish'], { PACT_BROKER_BASE_URL: '' }, 'PACT_BROKER_BASE_URL is not set'],
    ['a broker that is no URL', ['publish'], { PACT_BROKER_BASE_URL: 'broker' }, 'PACT_BROKER_BASE_URL is no'],
    ['no environment', ['can-i-deploy'], {}, "required option '--environment <name>'"],
    ['a token for everybody to read', ['publish', '--broker-token', 'x'], {}, "unknown option '--broker-token'"],
    ['an unknown command', ['unpublish'], {}, "unknown command 'unpublish'"],
  ])('refuses %s as a usage error', async (_what, words, environment, message) => {
    await expect(run(words, {}, environment)).resolves.toMatchObject({
      exitCode: 64,
      output: expect.stringContaining(message),
      told: [],
    });
  });
});
