import { type StateKey, states } from '../states.ts';
import type { Interaction } from './pact-file.ts';
import type { Scene } from './scene.ts';
import { findHandler, type StateHandler } from './state-handlers.ts';

/** Sign-ins that are under way at once: enough that a slow target is not asked one by one, few enough for a small one. */
const AT_ONCE = 8;

/** States that are about everybody: made when their turn comes, and taken down at once. */
const ABOUT_EVERYBODY = new Set<string>([states.nobody.name, states.lastUser.name]);

type Values = Record<string, string>;

/** Makes the states of a verification's interactions, most of them before the verifier asks. */
export class StateMaker {
  /** What the states of an interaction have given, by key. */
  readonly given = new Map<string, Values>();
  readonly #scenes: ReadonlyMap<string, Scene>;
  readonly #handlers: Record<StateKey, StateHandler>;
  readonly #made = new Map<string, Promise<Values>>();

  constructor(scenes: ReadonlyMap<string, Scene>, handlers: Record<StateKey, StateHandler>) {
    this.#scenes = scenes;
    this.#handlers = handlers;
  }

  /** Starts on every state that concerns none but its own users. Never rejects: a failure is told to who asks for the state. */
  async prepare(interactions: readonly Interaction[]): Promise<void> {
    const jobs = interactions
      .flatMap(({ key, raw }) => raw.providerStates.map(({ name, params }) => ({ key, name, params: params ?? {} })))
      .filter(({ name }) => !ABOUT_EVERYBODY.has(name))
      .values();
    const work = async () => {
      for (const { key, name, params } of jobs) await this.make(key, name, params).catch(() => {});
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** The values of a state, made now unless it has been. */
  make(key: string, name: string, params: Readonly<Record<string, unknown>>): Promise<Values> {
    const id = `${key} ${name}`;
    const made = this.#made.get(id) ?? this.#makeNow(key, name, params);
    this.#made.set(id, made);
    return made;
  }

  /** Takes down what others would notice; the rest goes with its scene. */
  async takeDown(key: string, name: string): Promise<void> {
    if (ABOUT_EVERYBODY.has(name)) await this.#scenes.get(key)!.signOutAll();
  }

  async #makeNow(key: string, name: string, params: Readonly<Record<string, unknown>>): Promise<Values> {
    const values = await findHandler(this.#handlers, name)(this.#scenes.get(key)!, params);
    this.given.set(key, { ...this.given.get(key), ...values });
    return values;
  }
}
