import { PactV4 } from '@pact-foundation/pact';
import { Configuration, UsersApi } from '@pieces.app/pieces-os-client';
import { PROVIDER, TYPESCRIPT_CONSUMER } from '../participants.ts';
import type { RequirementId } from '../requirements.ts';
import { type StateKey, states } from '../states.ts';

type Interaction = ReturnType<PactV4['addInteraction']>;

/** Starts interactions of one consumer; each names the state it needs and the requirements that it decides. */
export type Interact = (description: string, state: StateKey, ...ids: RequirementId[]) => Interaction;

/** Interactions that end up in one pact file in `dir`. */
export function openPact(dir: string): Interact {
  const pact = new PactV4({ consumer: TYPESCRIPT_CONSUMER, provider: PROVIDER, dir, logLevel: 'error' });
  return (description, state, ...ids) =>
    ids.reduce<Interaction>(
      (interaction, id) => interaction.reference('requirement', id, 'decides'),
      pact.addInteraction().given(states[state].name, states[state].params).uponReceiving(description),
    );
}

/**
 * The official client. What its `accessToken` callback returns is the whole Authorization header: no `Bearer ` is put
 * before it.
 */
export function openClient(basePath: string, authorization?: string): UsersApi {
  return new UsersApi(
    new Configuration({ basePath, ...(authorization === undefined ? {} : { accessToken: () => authorization }) }),
  );
}
