import { describe, expect, jest, test } from '@jest/globals';
import { execaNode } from 'execa';
import { PROVIDER, PYTHON_CONSUMER, TYPESCRIPT_CONSUMER } from '../participants.ts';
import { StubProvider } from '../verification/stub-provider.ts';
import { runBroker } from './program.ts';
import { BrokerStandIn, type StandInOptions } from './stand-in.ts';

// Most of these start pact-cli; a machine that is busy otherwise takes its time over that.
jest.setTimeout(60_000);

/** Runs `assay contracts …` against a STAND-IN for the broker: see stand-in.ts. */
async function run(words: string[], options: StandInOptions = {}, environment: Record<string, string> = {}) {
  await using broker = await BrokerStandIn.start(options);
  const ended = await runBroker(words, {
    PACT_BROKER_BASE_URL: broker.url,
    PACT_BROKER_TOKEN: 'a-broker-token',
    ...environment,
  });
  return { ...ended, told: broker.told };
}

describe('assay contracts (against a stand-in for the broker)', () => {
  test('publish sends every pact with version, branch and tags', async () => {
    const words = ['publish', '--version', 'v1', '--branch', 'main', '--tag', 'a', 'b'];

    const { exitCode, text, told } = await run(words);

    expect({ exitCode, text }).toEqual({ exitCode: 0, text: expect.not.stringContaining('a-broker-token') });
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
    ['yes', true, 0, 'yes: The reason.\n  a-consumer c1 with users-api v1: verified'],
    ['no', false, 1, 'no: The reason.\n  a-consumer c1 with users-api v1: failed'],
    ['a verification that is missing', null, 1, 'no: The reason.\n  a-consumer c1 with users-api v1: not verified'],
  ])('can-i-deploy ends with the exit code for %s', async (_answer, deployable, exitCode, text) => {
    const words = ['can-i-deploy', '--version', 'v1', '--environment', 'production'];

    const ended = await run(words, { deployable });

    expect(ended).toMatchObject({ exitCode, text });
    expect(ended.told.map(({ path }) => path)).toEqual([expect.stringContaining(`pacticipant]=${PROVIDER}`)]);
    expect(ended.told[0]!.path).toContain('environment=production');
  });

  test('can-i-deploy takes a broker that breaks for no answer, and not for a no', async () => {
    const words = ['can-i-deploy', '--version', 'v1', '--environment', 'production'];

    const { exitCode, text } = await run(words, { status: 403, breaksAt: '/matrix' });

    expect({ exitCode, text }).toEqual({ exitCode: 2, text: expect.stringMatching(/403/) });
  });

  test.each([
    ['record-deployment', '/deployed'],
    ['record-release', '/released'],
  ])('%s tells the broker', async (command, path) => {
    const words = [command, '--version', 'v1', '--environment', 'production', '--pacticipant', TYPESCRIPT_CONSUMER];

    await expect(run(words)).resolves.toMatchObject({ exitCode: 0, told: [{ method: 'POST', path }] });
  });

  test('cannot tell when the broker refuses us', async () => {
    const { exitCode, text, told } = await run(['publish', '--version', 'v1'], { status: 401 });

    expect({ exitCode, told }).toEqual({ exitCode: 2, told: [] });
    expect(text).toBe('the broker answered GET / with 401');
  });

  test('cannot tell when the broker is down', async () => {
    const environment = { PACT_BROKER_BASE_URL: 'http://127.0.0.1:4' };

    const { exitCode, text } = await run(['publish'], {}, environment);

    expect({ exitCode, text }).toEqual({ exitCode: 2, text: expect.stringContaining('does not answer') });
  });

  test('cannot tell when the broker is something else', async () => {
    await using page = await StubProvider.start((_request, response) => response.end('<html>'));

    const { exitCode, text } = await run(['publish'], {}, { PACT_BROKER_BASE_URL: page.url });

    expect({ exitCode, text }).toEqual({ exitCode: 2, text: `${page.url} is no Pact Broker: GET / gave no JSON` });
  });

  test.each([
    ['no broker', ['publish'], { PACT_BROKER_BASE_URL: '' }, 'PACT_BROKER_BASE_URL is not set'],
    ['a broker that is no URL', ['publish'], { PACT_BROKER_BASE_URL: 'broker' }, 'PACT_BROKER_BASE_URL is no'],
    [
      'a password for everybody to read',
      ['publish'],
      { PACT_BROKER_BASE_URL: 'http://u:pw@127.0.0.1:4' },
      'has a name',
    ],
    ['a token for everybody to read', ['publish', '--broker-token', 'x'], {}, "unknown option '--broker-token'"],
    ['no environment', ['can-i-deploy'], {}, "required option '--environment <name>'"],
    ['an unknown command', ['unpublish'], {}, "unknown command 'unpublish'"],
    ['one word too many', ['publish', 'all'], {}, 'too many arguments'],
  ])('refuses %s in one line, as a usage error', async (_what, words, environment, message) => {
    const { exitCode, text, told } = await run(words, {}, environment);

    expect({ exitCode, told }).toEqual({ exitCode: 64, told: [] });
    expect(text).toMatch(/^[^\n]+$/);
    expect(text).toContain(message);
    expect(text).not.toContain('pw');
  });

  test('the program tells the exit code, answers on stdout and the rest on stderr', async () => {
    await using broker = await BrokerStandIn.start({ deployable: false });
    const start = (...words: string[]) =>
      execaNode(new URL('./main.ts', import.meta.url).pathname, words, {
        env: { PACT_BROKER_BASE_URL: broker.url },
        nodeOptions: ['--disable-warning=ExperimentalWarning'],
        reject: false,
      });

    const answered = await start('can-i-deploy', '--version', 'v1', '--environment', 'production');
    const refused = await start('unpublish');

    expect(answered).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^no: /), stderr: '' });
    expect(refused).toMatchObject({
      exitCode: 64,
      stdout: '',
      stderr: expect.stringMatching(/^assay: unknown command/),
    });
  });
});
