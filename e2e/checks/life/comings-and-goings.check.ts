import { expect } from '@jest/globals';
import { isRefused, profileUnlessRefused, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { type LookAlike, lookAlikes } from '../../support/look-alikes.ts';
import type { Place } from '../../support/place.ts';
import { core, inOrderOfIds, type Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** In which order those who are there leave: the eldest first, then from the middle. */
const ORDERS: readonly ((ids: readonly string[]) => readonly string[])[] = [
  (ids) => ids,
  (ids) => ids.toSorted((a, b) => Math.abs(middleOf(ids, a)) - Math.abs(middleOf(ids, b))),
];
const middleOf = (ids: readonly string[], id: string): number => ids.indexOf(id) - (ids.length - 1) / 2;

requirement(
  'USR-LIFE-038',
  'every answer is right after each step when people who resemble each other come and go',
  { timeoutMs: 120_000 },
  async (context) => {
    // Where nobody else is, "the last one left" and "the eldest of all" can be told.
    const hasOwn = context.session.target.can.includes('fresh');
    const company = new Company(context, hasOwn ? await context.openOwn() : context, hasOwn);
    const people = lookAlikes(context);
    for (const order of ORDERS) {
      for (const one of people) await company.welcome(one);
      for (const id of order(company.present)) await company.bidFarewell(id);
    }
    for (const one of people) await company.welcome(one);
    for (const id of company.present) await company.seeGoAndComeBack(id);
  },
);

/** Who is there by the answers so far: the model that the target is held against after each step. */
class Company {
  readonly #context: Context;
  readonly #place: Place;
  readonly #isAlone: boolean;
  readonly #there = new Map<string, { readonly one: LookAlike; readonly profile: Profile }>();
  readonly #gone = new Set<string>();

  /** @param isAlone Nobody but these people is there. */
  constructor(context: Context, place: Place, isAlone: boolean) {
    this.#context = context;
    this.#place = place;
    this.#isAlone = isAlone;
  }

  /** The ids of those who are there, the eldest first. */
  get present(): readonly string[] {
    return [...this.#there.keys()];
  }

  /** Signs somebody in, where the provider takes such a person: it may keep e-mails unique, or want them. */
  async welcome(one: LookAlike): Promise<void> {
    const { person, claims = {} } = one;
    const answer = await this.#place.client.authenticate(await this.#context.mint.signIn(person, { claims }));
    const profile = profileUnlessRefused(answer);
    if (profile) {
      const other = this.#there.get(profile.id);
      if (other)
        throw new Unsatisfied(
          `a user of its own for ${person.subject}`,
          `${profile.id}, who is ${other.one.person.subject} too`,
        );
      this.#there.set(profile.id, { one, profile });
      this.#gone.delete(profile.id);
    }
    await this.#expectRight(`the sign-in of ${person.subject}`, usersOf(await this.#place.client.snapshot()));
  }

  async bidFarewell(id: string): Promise<void> {
    const step = `the disconnect of ${this.#there.get(id)?.one.person.subject}`;
    const left = await this.#place.disconnect(id);
    this.#there.delete(id);
    this.#gone.add(id);
    await this.#expectRight(`${step}, in its answer`, left);
    await this.#expectRight(step, usersOf(await this.#place.client.snapshot()));
  }

  /** What is counted by those who are left is not free: others have stayed. */
  async seeGoAndComeBack(id: string): Promise<void> {
    const { one } = this.#there.get(id)!;
    await this.bidFarewell(id);
    await this.welcome(one);
  }

  async #expectRight(after: string, users: readonly Profile[]): Promise<void> {
    const isTold = ({ id }: Profile) => this.#isAlone || this.#there.has(id) || this.#gone.has(id);
    const byId = await Promise.all(
      this.present.map(async (id) => profileUnlessRefused(await this.#place.client.one(id))),
    );
    const stillFound = await Promise.all(
      [...this.#gone].map(async (id) => (isRefused(await this.#place.client.one(id)) ? [] : [id])),
    );

    const there = sorted([...this.#there.values()].map(({ profile }) => profile));
    expect({
      after,
      listed: sorted(users.filter(isTold)),
      byId: sorted(byId.flatMap((one) => one ?? [])),
      stillFound: stillFound.flat(),
    }).toEqual({ after, listed: there, byId: there, stillFound: [] });
  }
}

const sorted = (profiles: readonly Profile[]): unknown[] => inOrderOfIds(profiles).map(core);
