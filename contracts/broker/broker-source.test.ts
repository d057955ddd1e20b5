import { describe, expect, test } from '@jest/globals';
import type { InteractionOutcome } from '../verification/outcome.ts';
import { openBrokerSource } from './broker-source.ts';
import { readBrokerSettings } from './settings.ts';
import { BrokerStandIn, type StandInOptions } from './stand-in.ts';

const pact = {
  consumer: { name: 'a-consumer' },
  provider: { name: 'users-api' },
  interactions: ['one', 'two'].map((description) => ({
    _id: `id-${description}`,
    type: 'Synchronous/HTTP',
    description,
    comments: { references: { requirement: { 'USR-SNAP-001': 'decides' } } },
    request: { method: 'GET', path: '/users' },
    response: { status: 200 },
  })),
};

const ended = (outcome: InteractionOutcome['outcome'], more: object = {}): InteractionOutcome => ({
  name: 'n',
  outcome,
  durationMs: 1,
  ...more,
});

/** Publishes these outcomes of the two interactions to a STAND-IN for the broker: see stand-in.ts. */
async function publish(
  outcomes: InteractionOutcome[],
  said: object = { PACT_PROVIDER_VERSION: 'v7', PACT_PROVIDER_BRANCH: 'b' },
) {
  await using broker = await BrokerStandIn.start({ pacts: [pact] });
  const settings = readBrokerSettings({ PACT_BROKER_BASE_URL: `${broker.url}/`, PACT_BROKER_TOKEN: 't', ...said });
  const source = await openBrokerSource(settings, { kind: 'url', url: 'http://127.0.0.1:1000' });
  const byKey = new Map(source.interactions.map(({ key }, index) => [key, outcomes[index]!]));

  return { notes: await source.publish(byKey), told: broker.told };
}

describe('openBrokerSource (against a stand-in for the broker)', () => {
  test('adds nothing without a broker', async () => {
    const source = await openBrokerSource(readBrokerSettings({}), { kind: 'embedded' });

    expect(source.interactions).toEqual([]);
    await expect(source.publish(new Map())).resolves.toEqual([]);
  });

  test('asks for the pacts of main branches, deployments and its own branch, pending ones not apart', async () => {
    const { told } = await publish([ended('pass'), ended('pass')]);

    expect(told[0]).toMatchObject({
      method: 'POST',
      path: '/for-verification',
      authorization: 'Bearer t',
      body: {
        consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }, { matchingBranch: true }],
        providerVersionBranch: 'b',
        includePendingStatus: false,
      },
    });
  });

  test('publishes a success on the branch of the provider', async () => {
    const { told, notes } = await publish([ended('pass'), ended('skipped', { notApplicable: true })]);

    expect(told.slice(1)).toMatchObject([
      { method: 'PUT', path: '/pacticipants/users-api/branches/b/versions/v7' },
      {
        method: 'POST',
        path: '/results/0',
        body: {
          success: true,
          providerApplicationVersion: 'v7',
          verifiedBy: { implementation: 'assay' },
          testResults: [
            { interactionId: 'id-one', success: true },
            { interactionId: 'id-two', success: true },
          ],
        },
      },
    ]);
    expect(notes).toEqual(['broker: published success of v7 for a-consumer']);
  });

  test('publishes a failure with what was expected and what came', async () => {
    const { told, notes } = await publish([
      ended('pass'),
      ended('fail', { expected: 'status 200', actual: 'status 500' }),
    ]);

    expect(told.at(-1)!.body).toMatchObject({
      success: false,
      testResults: [
        { success: true },
        { success: false, mismatches: [{ description: 'two: expected status 200, got status 500' }] },
      ],
    });
    expect(notes).toEqual(['broker: published failure of v7 for a-consumer']);
  });

  test.each(['error', 'skipped'] as const)('publishes nothing when an interaction ends as %s', async (outcome) => {
    const { told, notes } = await publish([ended('pass'), ended(outcome)]);

    expect(told.filter(({ path }) => path.startsWith('/results'))).toEqual([]);
    expect(notes).toEqual(['broker: no result published for a-consumer: 1 interactions were not decided']);
  });

  test('publishes nothing of a provider whose version nobody says', async () => {
    const { notes } = await publish([ended('pass'), ended('pass')], {});

    expect(notes).toEqual([expect.stringContaining('PACT_PROVIDER_VERSION is not set')]);
  });

  test.each([
    ['there is nothing to verify', { pacts: [] }, 'has no pact to verify'],
    ['a pact is empty', { pacts: [{ ...pact, interactions: [] }] }, 'has no interactions'],
    ['the broker refuses us', { status: 401 }, 'answered GET / with 401'],
  ] satisfies [string, StandInOptions, string][])('rejects when %s', async (_what, options, message) => {
    await using broker = await BrokerStandIn.start(options);
    const settings = readBrokerSettings({ PACT_BROKER_BASE_URL: broker.url });

    await expect(openBrokerSource(settings, { kind: 'url', url: 'http://127.0.0.1:1000' })).rejects.toThrow(message);
  });
});
