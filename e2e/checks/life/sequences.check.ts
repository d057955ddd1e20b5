import { expect } from '@jest/globals';
import fc from 'fast-check';
import { expectRefused } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { holdsForAll } from '../../support/property.ts';
import { requirement } from '../../support/requirement.ts';

const PEOPLE = 4;

/** One request, by or for one of the people. A refused sign-in carries an expired token. */
interface Step {
  readonly act: 'sign in' | 'disconnect' | 'read' | 'be refused';
  readonly who: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ act: fc.constantFrom('sign in', 'disconnect', 'read', 'be refused'), who: fc.nat(PEOPLE - 1) }),
  { minLength: 50, maxLength: 50 },
);

requirement(
  'USR-LIFE-013',
  'who is there is who should be after each of fifty steps',
  { needs: ['forge'], timeoutMs: 120_000 },
  (context) =>
    holdsForAll(context, steps, { runs: 3 }, async (sequence) => {
      const people = Array.from({ length: PEOPLE }, () => new ModelPerson(context));
      for (const [at, { act, who }] of sequence.entries()) {
        await people[who]!.do(act);

        const listed = (await context.users()).map(({ id }) => id);
        const known = people.flatMap(({ ids }) => [...ids]);
        const there = people.flatMap(({ id }) => id ?? []);
        expect({ at, there: listed.filter((id) => known.includes(id)).sort() }).toEqual({ at, there: there.sort() });
      }
    }),
);

/** Someone and whether they are signed in: the model that the target is held against, step by step. */
class ModelPerson {
  /** Undefined while signed out. */
  id: string | undefined;
  /** Every id so far: after a sign-out it is up to the provider whether the next is a new one. */
  readonly ids = new Set<string>();
  readonly #context: Context;
  readonly #person;

  constructor(context: Context) {
    this.#context = context;
    this.#person = context.newPerson();
  }

  async do(act: Step['act']): Promise<void> {
    const lastId = this.id ?? [...this.ids].at(-1);
    if (act === 'sign in') await this.#signIn();
    else if (act === 'be refused') await this.#beRefused();
    else if (lastId !== undefined) await (act === 'read' ? this.#read(lastId) : this.#disconnect(lastId));
  }

  async #signIn(): Promise<void> {
    const { profile } = await this.#context.signIn(this.#person);
    if (this.id !== undefined) expect(profile.id).toBe(this.id);
    this.id = profile.id;
    this.ids.add(profile.id);
  }

  async #beRefused(): Promise<void> {
    const exp = Math.floor(Date.now() / 1000) - 3600;
    const access_token = await this.#context.mint.accessToken(this.#person, { claims: { exp } });
    expectRefused(await this.#context.client.authenticate({ access_token, token_type: 'Bearer', expires_in: 3600 }));
  }

  async #read(id: string): Promise<void> {
    if (this.id === id) expect((await this.#context.user(id)).id).toBe(id);
    else expectRefused(await this.#context.client.one(id));
  }

  async #disconnect(id: string): Promise<void> {
    const { status } = await this.#context.client.disconnect(id);
    if (this.id === id) expect(status).toBe(200);
    this.id = undefined;
  }
}
