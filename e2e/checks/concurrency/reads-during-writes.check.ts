import { expect } from '@jest/globals';
import type { Person } from '../../../target/person.ts';
import { isRefused, profileOf, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { RACE } from '../../support/race.ts';
import { requirement } from '../../support/requirement.ts';
import { GONE } from '../../support/view.ts';
import { comeAndGo, whileWriting } from '../../support/while-writing.ts';

const WRITERS = 6;
const ROUNDS = 8;

requirement('USR-CONC-007', 'snapshots hold whole users once when others come and go', RACE, async (context) => {
  const { people, writes } = cast(context);

  const reads = await whileWriting(writes(), [readSnapshot, readSnapshot]);

  context.measure('reads', reads);
  async function readSnapshot(): Promise<void> {
    const users = usersOf(await context.client.snapshot());
    const ours = users.filter((user) => people.some(({ nickname }) => JSON.stringify(user).includes(nickname)));
    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
    for (const user of ours) expect(user).toMatchObject({ id: expect.any(String), aesthetics: expect.any(Object) });
  }
});

requirement('USR-CONC-008', 'a user is as it was in every read when others come and go', RACE, async (context) => {
  // Whoever stands behind those who go moves up in a list: that is where one gets lost.
  const leaving = (await context.signInMany(40)).map(({ profile }) => profile.id);
  const ids = (await context.signInMany(12)).map(({ profile }) => profile.id);
  const before = await context.view(...ids);

  const reads = await whileWriting(
    [...cast(context).writes(), leave],
    [
      async () => expect(await context.view(...ids)).toEqual(before),
      async () => expect(await context.view(...ids)).toEqual(before),
    ],
  );

  context.measure('reads', reads);

  async function leave(): Promise<void> {
    for (const id of leaving) await context.disconnect(id);
  }
});

requirement('USR-CONC-009', 'a user is in no read when it was disconnected before', RACE, async (context) => {
  const ids = (await context.signInMany(3)).map(({ profile }) => profile.id);
  for (const id of ids) await context.disconnect(id);
  const gone = Object.fromEntries(ids.map((id) => [id, GONE]));

  const reads = await whileWriting(cast(context).writes(), [
    async () => expect(await context.presence(...ids)).toEqual(gone),
    async () => expect(await context.presence(...ids)).toEqual(gone),
  ]);

  context.measure('reads', reads);
});

requirement(
  'USR-CONC-010',
  'nobody else is answered when users are read by id as they come and go',
  RACE,
  async (context) => {
    const known = new Map<string, Person>();
    const { people, writes } = cast(context, known);

    const reads = await whileWriting(writes(), [readKnown, readKnown]);

    context.measure('reads', reads);
    async function readKnown(): Promise<void> {
      if (known.size === 0) await context.client.snapshot();
      await Promise.all([...known].slice(-people.length).map(readOne)); // all at once: that is when answers get mixed up
    }
    async function readOne([id, person]: readonly [string, Person]): Promise<void> {
      const answer = await context.client.one(id);
      if (isRefused(answer)) return;
      const { id: answered, email } = profileOf(answer);
      expect({ answered, email }).toEqual({ answered: id, email: email && person.email });
    }
  },
);

requirement('USR-CONC-015', 'what disconnect answers is right when others come and go', RACE, async (context) => {
  const ids = (await context.signInMany(3)).map(({ profile }) => profile.id);
  const people = Array.from({ length: WRITERS }, () => context.newPerson());

  const check = (left: readonly string[], gone: string) =>
    expect({ ours: ids.filter((id) => left.includes(id)), gone: left.includes(gone) }).toEqual({
      ours: ids,
      gone: false,
    });
  await Promise.all(people.map((person) => comeAndGo(context, person, ROUNDS, { left: check })));
});

/** People who come and go; `known` is told under which ids. */
function cast(context: Context, known = new Map<string, Person>()) {
  const people = Array.from({ length: WRITERS }, () => context.newPerson());
  const write = (person: Person) => () => comeAndGo(context, person, ROUNDS, { id: (id) => known.set(id, person) });
  return { people, writes: () => people.map(write) };
}
