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

  /** Sends the requests that this seed draws and waits for their ends; `isOver` stops each client before its next request. */
  async run(seed: number, isOver: () => boolean = () => false): Promise<void> {
    const playing = this.#draw(seed).map(async (script) => {
      for (const { act, at } of script) {
        if (isOver()) return;
        await this.#performer[act](this.cast[at]!);
      }
    });
    await Promise.all(playing);
  }

  /**
   * Runs until this many answers more have come, then ends the target in the way that is given, in the middle of
   * whatever goes on. What is left without an answer had its effect before that, or never.
   */
  async runInto(end: () => Promise<void>, options: { seed: number; answers: number }): Promise<void> {
    let ending: Promise<void> | undefined;
    const endAt = this.history.answers + options.answers;
    this.history.onAnswer = () => {
      if (ending || this.history.answers < endAt) return;
      ending = end();
      ending.catch(() => {}); // it is awaited below, after the last client
    };
    await this.run(options.seed, () => ending !== undefined);
    await (ending ?? end());
    this.history.onAnswer = () => {};
    this.history.crash();
  }

  /** Reads everything once more, one request after the other: what is there at the end belongs to the history. */
  async readAll(): Promise<void> {
    await this.#performer.snapshot();
    for (const actor of this.cast) await this.#performer.read(actor);
  }

  #draw(seed: number): readonly { act: Act; at: number }[][] {
    const { people, clients, requests } = this.#options;
    const act = fc.constantFrom<Act>('signIn', 'signIn', 'disconnect', 'disconnect', 'read', 'snapshot');
    const script = fc.array(fc.record({ act, at: fc.nat(people - 1) }), { minLength: requests, maxLength: requests });
    const [scripts = []] = fc.sample(fc.array(script, { minLength: clients, maxLength: clients }), {
      seed,
      numRuns: 1,
    });
    return scripts;
  }
}
