import { readdirSync } from 'node:fs';
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

  /** The outcomes of interactions against a provider that answers like this. */
  async function outcomesOf(
    respond: Respond,
    {
      interactions = [buildInteraction()] as object[],
      handler = (async () => ({ id: 'u1' })) as StateHandler,
      limits = {},
    } = {},
  ): Promise<{ outcomes: InteractionOutcome[]; asked: string[] }> {
    await using provider = await StubProvider.start(respond);
    const pact = { consumer: { name: 'c' }, provider: { name: 'p' }, interactions };
    const outcomes = await verify(readPact(JSON.stringify(pact), '0-'), {
      sessionId: 'test0000',
      baseUrl: provider.url,
      mint: await openMint({ kind: 'none' }),
      ledger: new Ledger(dir),
      handlers: handleAll(handler),
      dir,
      requestLimitMs: 20_000,
      limitMs: 50_000,
      ...limits,
    });
    return { outcomes: [...outcomes.values()], asked: provider.asked };
  }

  /** The outcome of one interaction, likewise. */
  async function outcomeOf(
    respond: Respond,
    {
      interaction = buildInteraction() as object,
      ...more
    }: { interaction?: object; handler?: StateHandler; limits?: object } = {},
  ): Promise<InteractionOutcome & { asked: string[] }> {
    const { outcomes, asked } = await outcomesOf(respond, { interactions: [interaction], ...more });
    return { ...outcomes[0]!, asked };
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
        asked: [], // on whatever it finds, it would pass
      });
    });

    test('a state without a handler', async () => {
      const interaction = buildInteraction({ providerStates: [{ name: 'a state of siege' }] });

      await expect(outcomeOf(sendJson(200, USER), { interaction })).resolves.toMatchObject({
        outcome: 'error',
        reason: 'its state could not be made: no handler makes the state "a state of siege"',
        asked: [],
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

    test('variables in the environment that filter interactions or lead requests elsewhere', async () => {
      const before = { ...process.env };
      Object.assign(process.env, {
        PACT_DESCRIPTION: 'no such interaction',
        PACT_PROVIDER_STATE: 'no such state',
        PACT_PROVIDER_NO_STATE: 'true',
        HTTP_PROXY: 'http://127.0.0.1:9',
        http_proxy: 'http://127.0.0.1:9',
      });
      try {
        await expect(outcomeOf(sendJson(404, {}))).resolves.toMatchObject({
          outcome: 'fail',
          expected: 'status 200',
          asked: ['GET /users/u1'],
        });
      } finally {
        process.env = before;
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
      await expect(outcomeOf(() => {}, { limits: { requestLimitMs: 500 } })).resolves.toMatchObject({
        outcome: 'fail',
        actual: 'no answer: no answer within 500 ms',
      });
    });

    test('a provider that hangs, to wait for at every interaction', async () => {
      const interactions = Array.from({ length: 5 }, (_, index) => buildInteraction({ description: `${index}` }));

      const { outcomes, asked } = await outcomesOf(() => {}, { interactions, limits: { requestLimitMs: 100 } });

      expect(asked).toHaveLength(3);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'fail', 'error', 'error']);
      expect(outcomes[4]?.reason).toBe('not tried: GET /users/{user} has left 3 requests in a row without an answer');
    });

    test('a body that never ends', async () => {
      const trickle: Respond = (_request, response) => void response.writeHead(200).write('{');

      await expect(outcomeOf(trickle, { limits: { requestLimitMs: 500 } })).resolves.toMatchObject({
        outcome: 'fail',
        expected: 'an answer',
      });
    });

    test('answers that are better at the second attempt', async () => {
      const statuses = [500, 503, 408, 429];
      const interactions = statuses.map((status) =>
        buildInteraction({ description: `${status}`, request: { method: 'GET', path: `/users/${status}` } }),
      );
      const before = new Set<string>();
      const recover: Respond = (request, response) => {
        const status = before.has(request.url!) ? 200 : Number(request.url!.slice('/users/'.length));
        before.add(request.url!);
        sendJson(status, USER)(request, response);
      };

      const { outcomes, asked } = await outcomesOf(recover, { interactions });

      expect(asked).toEqual(statuses.map((status) => `GET /users/${status}`));
      expect(outcomes.map(({ actual }) => actual)).toEqual(
        statuses.map((status) => expect.stringContaining(`status ${status}`)),
      );
    });

    test('a verifier that crashes', async () => {
      const kill: Respond = (request, response) => {
        for (const file of readdirSync(join(dir, 'ledger', 'processes')))
          process.kill(Number.parseInt(file, 10), 'SIGKILL');
        sendJson(200, USER)(request, response);
      };

      await expect(outcomeOf(kill)).resolves.toMatchObject({
        outcome: 'error',
        reason: expect.stringContaining('the verifier ended with SIGKILL and said nothing'),
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
