import fc from 'fast-check';
import type { Context } from '../context.ts';
import type { Place } from '../place.ts';
import { History } from './history.ts';
import { type Actor, Performer } from './performer.ts';

export interface StormOptions {
  readonly clients: number;
  /** Requests of each client, one after the other. */
  readonly requests: number;
  readonly people: number;
  readonly seed: number;
}

type Act = 'signIn' | 'disconnect' | 'read' | 'snapshot';

/** Requests of several clients at once, drawn from a seed, for and of a few people, so that they get in each other's way. */
export class Storm {
  readonly history = new History();
  readonly cast: readonly Actor[];
  readonly #performer: Performer;
  readonly #options: StormOptions;

  private constructor(place: Place, cast: readonly Actor[], options: StormOptions) {
    this.cast = cast;
    this.#performer = new Performer(place, this.history, cast);
    this.#options = options;
  }

  /** Invites new people; nothing is sent yet. */
  static async prepare(context: Context, place: Place, options: StormOptions): Promise<Storm> {
    const cast = Array.from({ length: options.people }, async (_, at): Promise<Actor> => {
      const person = context.newPerson();
      return { who: `person ${at + 1}`, person, token: await context.mint.signIn(person) };
    });
    return new Storm(place, await Promise.all(cast), options);
  }

  /** Sends all requests and waits for their ends. */
  async run(): Promise<void> {
    const { people, clients, requests: length, seed } = this.#options;
    const act = fc.constantFrom<Act>('signIn', 'signIn', 'disconnect', 'disconnect', 'read', 'snapshot');
    const request = fc.record({ act, at: fc.nat(people - 1) });
    const plan = fc.array(fc.array(request, { minLength: length, maxLength: length }), {
      minLength: clients,
      maxLength: clients,
    });
    const [scripts = []] = fc.sample(plan, { seed, numRuns: 1 });
    const playing = scripts.map(async (script) => {
      for (const { act: next, at } of script) await this.#performer[next](this.cast[at]!);
    });
    await Promise.all(playing);
  }

  /** Reads everything once more, one request after the other: what is there at the end belongs to the history. */
  async readAll(): Promise<void> {
    await this.#performer.snapshot();
    for (const actor of this.cast) await this.#performer.read(actor);
  }
}
