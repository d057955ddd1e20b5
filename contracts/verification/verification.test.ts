import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Ledger } from '../../target/ledger.ts';
import { openMint } from '../../target/mint.ts';
import { given } from '../consumer/given.ts';
import { type StateKey, states } from '../states.ts';
import type { InteractionOutcome } from './outcome.ts';
import { readPact } from './pact-file.ts';
import type { StateHandler } from './state-handlers.ts';
import { type Respond, StubProvider, sendJson } from './stub-provider.ts';
import { verify } from './verification.ts';

// Each of these starts processes; a machine that is busy otherwise takes its time over that.
jest.setTimeout(60_000);

const USER = { id: 'u1', name: 'Ada' };

/** An interaction on `GET /users/{id}`: 200, and the id that the state gives. */
const buildInteraction = (overrides: object = {}) => ({
  type: 'Synchronous/HTTP',
  description: 'a user by id',
  providerStates: [{ name: states.someone.name }],
  comments: { references: { requirement: { 'USR-ONE-001': 'decides' } } },
  request: { method: 'GET', path: '/users/u1' },
  response: {
    status: 200,
    body: { content: { id: 'u1' }, contentType: 'application/json', encoded: false },
    matchingRules: { body: { '$.id': { combine: 'AND', matchers: [{ match: 'type' }] } } },
    generators: { body: { '$.id': { type: 'ProviderState', expression: given('someone', '{id}').expression } } },
  },
  ...overrides,
});

/** Every state is made by this one handler. */
const handleAll = (handler: StateHandler) =>
  Object.fromEntries(Object.keys(states).map((key) => [key, handler])) as Record<StateKey, StateHandler>;

describe('verify', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'assay-verify-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  /** The outcome of one interaction against a provider that answers like this. */
  async function outcomeOf(
    respond: Respond,
    {
      interaction = buildInteraction() as object,
      handler = (async () => ({ id: 'u1' })) as StateHandler,
      limits = {},
    } = {},
  ): Promise<InteractionOutcome & { asked: string[] }> {
    await using provider = await StubProvider.start(respond);
    const pact = { consumer: { name: 'c' }, provider: { name: 'p' }, interactions: [interaction] };
    const [only] = readPact(JSON.stringify(pact), '0-');
    const outcomes = await verify([only!], {
      sessionId: 'test0000',
      baseUrl: provider.url,
      mint: await openMint({ kind: 'none' }),
      ledger: new Ledger(dir),
      handlers: handleAll(handler),
      dir,
      requestLimitMs: 500,
      limitMs: 20_000,
      ...limits,
    });
    return { ...outcomes.get(only!)!, asked: provider.asked };
  }

  test('passes an interaction that holds', async () => {
    await expect(outcomeOf(sendJson(200, USER))).resolves.toMatchObject({ outcome: 'pass', asked: ['GET /users/u1'] });
  });

  test('shows the status and the body that were observed, not those of the example', async () => {
    const { outcome, expected, actual, evidence } = await outcomeOf(sendJson(418, { tea: true }));

    expect({ outcome, expected, actual }).toEqual({
      outcome: 'fail',
      expected: 'status 200',
      actual: 'status 418, body {"tea":true}',
    });
    expect(evidence?.exchanges).toMatchObject([{ method: 'GET', status: 418, responseBody: '{"tea":true}' }]);
  });

  describe('closes the known holes:', () => {
    test('a state handler that throws', async () => {
      const handler = async () => {
        throw new Error('the database is on fire');
      };

      await expect(outcomeOf(sendJson(200, USER), { handler })).resolves.toMatchObject({
        outcome: 'error',
        reason: 'its state could not be made: the database is on fire',
      });
    });

    test('a state without a handler', async () => {
      const interaction = buildInteraction({ providerStates: [{ name: 'a state of siege' }] });

      await expect(outcomeOf(sendJson(200, USER), { interaction })).resolves.toMatchObject({
        outcome: 'error',
        reason: 'its state could not be made: no handler makes the state "a state of siege"',
      });
    });

    test('a pending interaction that fails', async () => {
      const interaction = buildInteraction({ pending: true });

      await expect(outcomeOf(sendJson(404, {}), { interaction })).resolves.toMatchObject({ outcome: 'fail' });
    });

    test('a value from the state that is another one in the answer', async () => {
      await expect(outcomeOf(sendJson(200, { id: 'u2' }))).resolves.toMatchObject({
        outcome: 'fail',
        expected: "$.id: the id that the state has given, 'u1'",
        actual: 'status 200, body {"id":"u2"}',
      });
    });

    test.each([
      ['PACT_DESCRIPTION', 'no such interaction'],
      ['PACT_PROVIDER_STATE', 'no such state'],
      ['PACT_PROVIDER_NO_STATE', 'true'],
      ['HTTP_PROXY', 'http://127.0.0.1:9'],
      ['http_proxy', 'http://127.0.0.1:9'],
    ])('%s in the environment', async (name, value) => {
      const before = process.env[name];
      process.env[name] = value;
      try {
        await expect(outcomeOf(sendJson(404, {}))).resolves.toMatchObject({
          outcome: 'fail',
          expected: 'status 200',
          asked: ['GET /users/u1'],
        });
      } finally {
        if (before === undefined) delete process.env[name];
        else process.env[name] = before;
      }
    });

    test('a connection that is refused', async () => {
      const limits = { baseUrl: 'http://127.0.0.1:9' };

      await expect(outcomeOf(sendJson(200, USER), { limits })).resolves.toMatchObject({
        outcome: 'fail',
        expected: 'an answer',
        actual: expect.stringContaining('ECONNREFUSED'),
      });
    });

    test('a connection that is reset', async () => {
      const reset: Respond = (request) => request.socket.destroy();

      await expect(outcomeOf(reset)).resolves.toMatchObject({ outcome: 'fail', actual: 'no answer: socket hang up' });
    });

    test('a provider that hangs', async () => {
      await expect(outcomeOf(() => {})).resolves.toMatchObject({
        outcome: 'fail',
        actual: 'no answer: no answer within 500 ms',
      });
    });

    test('a body that never ends', async () => {
      const trickle: Respond = (_request, response) => void response.writeHead(200).write('{');

      await expect(outcomeOf(trickle)).resolves.toMatchObject({ outcome: 'fail', expected: 'an answer' });
    });

    test.each([500, 503, 408, 429])('a %d that is better at the second attempt', async (status) => {
      let answers = 0;
      const recover: Respond = (request, response) => {
        answers += 1;
        sendJson(answers === 1 ? status : 200, USER)(request, response);
      };

      await expect(outcomeOf(recover)).resolves.toMatchObject({
        outcome: 'fail',
        actual: expect.stringContaining(`status ${status}`),
        asked: ['GET /users/u1'],
      });
    });

    test('a verifier that does not end in time', async () => {
      await expect(outcomeOf(sendJson(200, USER), { limits: { limitMs: 1 } })).resolves.toMatchObject({
        outcome: 'error',
        reason: 'the verifier did not end within 1 ms',
      });
    });
  });
});
