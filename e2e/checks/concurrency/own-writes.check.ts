import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Person } from '../../../target/person.ts';
import type { Context } from '../../support/context.ts';
import type { Place } from '../../support/place.ts';
import { core } from '../../support/profile.ts';
import { quietPlace } from '../../support/quiet-place.ts';
import { RACE } from '../../support/race.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { GONE, PRESENT } from '../../support/view.ts';
import { whileWriting } from '../../support/while-writing.ts';

/** Reads are sent up to so many milliseconds before a change, and end after it: what they say may not outlive it in a cache. */
const HEAD_START_MS = 8;
/** As many changes for each of these. */
const TRIES = 3 * HEAD_START_MS;

/**
 * The company that a client is in. In a crowd nobody sees what is stale for less time than a client waits for its turn; where all go
 * at one pace no snapshot is on its way while a change is answered, so some just read.
 */
const COMPANY = [
  { clients: 20, readers: 1, rounds: 3 },
  { clients: 1, readers: 0, rounds: 3 },
  { clients: 1, readers: 4, rounds: 8 },
];

/** @param client Opens a client's conversation; what that gives is one round of it. */
async function inEachCompany(context: Context, client: () => () => Promise<void>): Promise<void> {
  for (const { clients, readers, rounds } of COMPANY) {
    const writes = Array.from({ length: clients }, client).map((round) => async () => {
      for (let count = 0; count < rounds; count += 1) await round();
    });
    const reads = Array.from({ length: readers }, () => async () => void (await context.users()));
    await whileWriting(writes, reads);
  }
}

requirement('USR-CONC-011', 'each of twenty clients reads the user that it just signed in', RACE, (context) =>
  inEachCompany(context, () => async () => {
    const { profile } = await context.signIn();
    expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });
  }),
);

requirement(
  'USR-CONC-012',
  'each of twenty clients no longer reads the user that it just disconnected',
  RACE,
  (context) =>
    inEachCompany(context, () => {
      const person = context.newPerson();
      return async () => {
        const { profile } = await context.signIn(person);
        await context.disconnect(profile.id);
        expect(await context.presence(profile.id)).toEqual({ [profile.id]: GONE });
      };
    }),
);

requirement(
  'USR-CONC-011',
  'a user reads as its sign-in was answered when reads were under way meanwhile',
  RACE,
  async (context) => {
    const place = await quietPlace(context); // elsewhere others come and go, and empty a cache
    for (let at = 0; at < TRIES; at += 1) {
      const person = context.newPerson();
      const { id } = await expectAsAnswered(place, person, at); // nobody read since the disconnect: reads begin anew
      await place.signIn(person); // and since this
      await expectAsAnswered(place, { ...person, name: context.newPerson().name }, at, id);
      await place.disconnect(id);
    }
  },
);

requirement(
  'USR-CONC-012',
  'a user is no longer read after its disconnect when reads were under way meanwhile',
  RACE,
  async (context) => {
    const place = await quietPlace(context);
    for (let at = 0; at < TRIES; at += 1) {
      const { id } = (await place.signIn()).profile;

      await amidReads(place, at, () => place.disconnect(id), id);

      expect(await place.presence(id)).toEqual({ [id]: GONE });
    }
  },
);

requirement('USR-CONC-021', 'fifty readers at once read the same when nobody writes', RACE, async (context) => {
  const ids = (await context.signInMany(5)).map(({ profile }) => profile.id);
  const before = await context.view(...ids);

  const views = await times(50, () => context.view(...ids));

  expect(views.filter((view) => JSON.stringify(view) !== JSON.stringify(before))).toEqual([]);
});

async function expectAsAnswered(place: Place, person: Person, at: number, id?: string): Promise<{ id: string }> {
  const signIn = await place.prepareSignIns([person]);

  const [signedIn] = await amidReads(place, at, signIn, id);

  const { profile } = signedIn!;
  const listed = (await place.users()).filter((user) => user.id === profile.id).map(core);
  const found = core(await place.user(profile.id));
  expect({ listed, found }).toEqual({ listed: [core(profile)], found: core(profile) });
  return profile;
}

/** Makes a change while a read of everybody is under way, and one of whom this is the id; ends when all have. */
async function amidReads<Result>(
  place: Place,
  at: number,
  change: () => Promise<Result>,
  id: string | undefined,
): Promise<Result> {
  const reads = [place.client.snapshot(), ...(id === undefined ? [] : [place.client.one(id)])];
  const changed = sleep(at % HEAD_START_MS).then(change);
  await Promise.all([changed, ...reads]);
  return changed;
}
