import { expect } from '@jest/globals';
import type { Context } from '../../support/context.ts';
import { RACE } from '../../support/race.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { GONE, PRESENT } from '../../support/view.ts';
import { whileWriting } from '../../support/while-writing.ts';

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

requirement('USR-CONC-021', 'fifty readers at once read the same when nobody writes', RACE, async (context) => {
  const ids = (await context.signInMany(5)).map(({ profile }) => profile.id);
  const before = await context.view(...ids);

  const views = await times(50, () => context.view(...ids));

  expect(views.filter((view) => JSON.stringify(view) !== JSON.stringify(before))).toEqual([]);
});
