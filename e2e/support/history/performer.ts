import { type Answer, NoAnswerError } from '../../../target/http.ts';
import type { OAuthToken } from '../../../target/mint.ts';
import type { Person } from '../../../target/person.ts';
import { isRefused, profileOf, profileUnlessRefused, usersOf } from '../answers.ts';
import type { Place } from '../place.ts';
import { Unsatisfied } from '../unsatisfied.ts';
import type { History } from './history.ts';
import type { Disconnect, Read, SignIn, Snapshot, Who } from './users-model.ts';

/** One of the people of a history: their name in it, who they are, and a token that signs them in. */
export interface Actor {
  readonly who: Who;
  readonly person: Person;
  readonly token: OAuthToken;
}

/** Sends requests and notes them in a history. Whatever is no clear answer (none, 5xx) leaves open what it did. */
export class Performer {
  readonly #place: Place;
  readonly #history: History;
  readonly #cast: readonly Actor[];

  constructor(place: Place, history: History, cast: readonly Actor[]) {
    this.#place = place;
    this.#history = history;
    this.#cast = cast;
  }

  async signIn({ who, token }: Actor): Promise<void> {
    const operation = this.#history.call<SignIn>({ kind: 'sign-in', who, id: undefined });
    const answer = await this.#answer(this.#place.client.authenticate(token));
    if (answer?.status !== 200) return;
    operation.id = profileOf(answer).id;
    this.#history.learn(who, operation.id);
    this.#history.answer(operation);
  }

  /** Disconnects the last id that this person is known by; reads the snapshot instead where there is none yet. */
  async disconnect({ who }: Actor): Promise<void> {
    const id = this.#history.idsOf(who).at(-1);
    if (id === undefined) return this.snapshot();
    const operation = this.#history.call<Disconnect>({ kind: 'disconnect', who, id, found: undefined });
    // What it answers is a snapshot too, taken at some moment before the answer.
    const after = this.#history.call<Snapshot>({ kind: 'snapshot', of: 'disconnect', listed: new Set() });
    const answer = await this.#answer(this.#place.client.disconnect(id));
    if (answer?.status === 200) {
      operation.found = true;
      after.listed = this.#listedIn(answer);
      this.#history.answer(operation);
      this.#history.answer(after);
      return;
    }
    this.#history.drop(after);
    if (!answer || !isRefused(answer)) return;
    operation.found = false;
    this.#history.answer(operation);
  }

  async read({ who }: Actor): Promise<void> {
    const id = this.#history.idsOf(who).at(-1);
    if (id === undefined) return this.snapshot();
    const operation = this.#history.call<Read>({ kind: 'read', who, id, found: false });
    const answer = await this.#answer(this.#place.client.one(id));
    if (!answer || (answer.status !== 200 && !isRefused(answer))) return this.#history.drop(operation);
    const profile = profileUnlessRefused(answer);
    if (profile && profile.id !== id) throw new Unsatisfied(`the user ${id}`, `the user ${profile.id}`);
    operation.found = profile !== undefined;
    this.#history.answer(operation);
  }

  async snapshot(): Promise<void> {
    const operation = this.#history.call<Snapshot>({ kind: 'snapshot', of: 'snapshot', listed: new Set() });
    const answer = await this.#answer(this.#place.client.snapshot());
    if (answer?.status !== 200) return this.#history.drop(operation);
    operation.listed = this.#listedIn(answer);
    this.#history.answer(operation);
  }

  /** The ids of a Users answer; learns whose they are, where a profile says more of a person than its id. */
  #listedIn(answer: Answer): ReadonlySet<string> {
    const users = usersOf(answer);
    const listed = new Set(users.map(({ id }) => id));
    if (listed.size !== users.length) throw new Unsatisfied('each user once in a snapshot', 'a user twice');
    for (const user of users) {
      const text = JSON.stringify(user);
      const actor = this.#cast.find(({ person }) => text.includes(person.nickname));
      if (actor) this.#history.learn(actor.who, user.id);
    }
    return listed;
  }

  async #answer(sent: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await sent;
    } catch (error) {
      if (error instanceof NoAnswerError) return undefined;
      throw error;
    }
  }
}
