import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RawExchange } from '../../target/exchange.ts';
import { PROVIDER } from '../participants.ts';
import type { StateKey } from '../states.ts';
import { decide, type InteractionOutcome } from './outcome.ts';
import { type Interaction, markedPact } from './pact-file.ts';
import { operationOf, Patience } from './patience.ts';
import { RecordingProxy } from './recording-proxy.ts';
import { runVerifier, type VerifierResult } from './run-verifier.ts';
import { Scene, type SceneOptions } from './scene.ts';
import type { StateHandler } from './state-handlers.ts';
import { StateMaker } from './state-maker.ts';
import { StateServer } from './state-server.ts';

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
  const patience = new Patience();
  const scenes = new Map(interactions.map(({ key }) => [key, new Scene({ ...options, patience })]));
  const states = new StateMaker(scenes, options.handlers);
  const exchanges = new Map<string, RawExchange>();
  const untried = new Map<string, unknown>();
  await using proxy = await RecordingProxy.open({
    upstreamOf: (key) => scenes.get(key)!.baseUrl,
    timeoutMs: options.requestLimitMs,
    mayAsk: (key, method, path) => {
      try {
        patience.throwIfLost(operationOf(method, path));
        return true;
      } catch (reason) {
        untried.set(key, reason);
        return false;
      }
    },
    onExchange: (key, exchange) => {
      exchanges.set(key, exchange);
      patience.note(operationOf(exchange.method, new URL(exchange.url).pathname), exchange.status !== undefined);
      // Who signs in through an interaction is a user of its scene like any other.
      if (exchange.url.endsWith('/from_token')) {
        scenes.get(key)!.adoptFrom(exchange.status, String(exchange.responseBody));
      }
    },
  });
  await using stateServer = await StateServer.open(states);
  const file = join(options.dir, `pact-${randomUUID()}.json`);
  await writeFile(file, markedPact(interactions, PROVIDER), { mode: 0o600 });

  const prepared = states.prepare(interactions);
  const request = {
    provider: PROVIDER,
    pactUrls: [file],
    timeout: options.requestLimitMs + 2000,
    providerBaseUrl: proxy.url,
    providerStatesSetupUrl: stateServer.url,
  };
  let crash: unknown;
  const results = await runVerifier(request, options).catch((cause: unknown) => {
    crash = cause;
    return new Map<string, VerifierResult>();
  });
  await prepared;
  await Promise.all([...scenes.values()].map((scene) => scene.signOutAll()));

  return new Map(
    interactions.map((interaction) => {
      const { key } = interaction;
      const outcome = decide({
        interaction,
        crash,
        result: results.get(key),
        exchange: exchanges.get(key),
        given: states.given.get(key),
        problem: stateServer.problems.get(key) ?? untried.get(key),
        setUp: scenes.get(key)!.client.exchanges,
      });
      return [interaction, outcome];
    }),
  );
}
