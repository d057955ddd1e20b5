import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RawExchange } from '../../target/exchange.ts';
import { NoAnswerError } from '../../target/http.ts';
import { PROVIDER } from '../participants.ts';
import type { StateKey } from '../states.ts';
import { decide, type InteractionOutcome } from './outcome.ts';
import { type Interaction, markedPact } from './pact-file.ts';
import { Patience } from './patience.ts';
import { RecordingProxy } from './recording-proxy.ts';
import { runVerifier, type VerifierResult } from './run-verifier.ts';
import { Scene, type SceneOptions } from './scene.ts';
import { findHandler, type StateHandler } from './state-handlers.ts';
import { type ChangeState, StateServer } from './state-server.ts';

export interface VerificationOptions extends SceneOptions {
  readonly handlers: Record<StateKey, StateHandler>;
  /** Where the pact that the verifier reads is written: the run's temporary folder. */
  readonly dir: string;
  /** Milliseconds for one answer of the provider. */
  readonly requestLimitMs: number;
  /** Milliseconds for all of it. */
  readonly limitMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Verifies interactions against a provider with the native Pact verifier, each with users of its own, and decides each of
 * them. Never rejects for what the provider or the verifier does.
 */
export async function verify(
  interactions: readonly Interaction[],
  options: VerificationOptions,
): Promise<Map<Interaction, InteractionOutcome>> {
  const scenes = new Map(interactions.map(({ key }) => [key, new Scene(options)]));
  const exchanges = new Map<string, RawExchange>();
  const patience = new Patience();
  const given = new Map<string, Record<string, string>>();
  await using proxy = await RecordingProxy.open({
    upstreamOf: (key) => scenes.get(key)!.baseUrl,
    timeoutMs: options.requestLimitMs,
    onExchange: (key, exchange) => {
      exchanges.set(key, exchange);
      patience.note(exchange.status !== undefined);
      if (exchange.url.endsWith('/from_token'))
        scenes.get(key)!.adoptFrom(exchange.status, String(exchange.responseBody));
    },
  });
  await using states = await StateServer.open(stateChanger(scenes, given, options.handlers, patience));
  const file = join(options.dir, `pact-${randomUUID()}.json`);
  await writeFile(file, markedPact(interactions, PROVIDER), { mode: 0o600 });

  let crash: unknown;
  const request = { provider: PROVIDER, pactUrls: [file], timeout: options.requestLimitMs + 2000 };
  const results = await runVerifier(
    { ...request, providerBaseUrl: proxy.url, providerStatesSetupUrl: states.url },
    options,
  ).catch((cause: unknown) => {
    crash = cause;
    return new Map<string, VerifierResult>();
  });

  for (const scene of scenes.values()) await scene.signOutAll();
  return new Map(
    interactions.map((interaction) => {
      const { key } = interaction;
      const observed = {
        result: results.get(key),
        exchange: exchanges.get(key),
        given: given.get(key),
        problem: states.problems.get(key),
        crash,
      };
      return [interaction, decide({ interaction, ...observed })];
    }),
  );
}

function stateChanger(
  scenes: ReadonlyMap<string, Scene>,
  given: Map<string, Record<string, string>>,
  handlers: Record<StateKey, StateHandler>,
  patience: Patience,
): ChangeState {
  return async (key, { state, action, params }) => {
    const scene = scenes.get(key)!;
    if (action === 'teardown') {
      await scene.signOutAll();
      return {};
    }
    patience.throwIfLost();
    const values = await findHandler(handlers, state)(scene, params).catch((problem: unknown) => {
      if (problem instanceof NoAnswerError) patience.note(false);
      throw problem;
    });
    given.set(key, { ...given.get(key), ...values });
    return values;
  };
}
