import { expect } from '@jest/globals';
import { RACE } from '../../support/race.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { GONE, PRESENT } from '../../support/view.ts';

const CLIENTS = 20;

requirement('USR-CONC-011', 'each of twenty clients reads the user that it just signed in', RACE, async (context) => {
  await times(CLIENTS, async () => {
    for (let round = 0; round < 3; round += 1) {
      const { profile } = await context.signIn();
      expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });
    }
  });
});

requirement(
  'USR-CONC-012',
  'each of twenty clients no longer reads the user that it just disconnected',
  RACE,
  async (context) => {
    await times(CLIENTS, async () => {
      const person = context.newPerson();
      for (let round = 0; round < 3; round += 1) {
        const { profile } = await context.signIn(person);
        await context.disconnect(profile.id);
        expect(await context.presence(profile.id)).toEqual({ [profile.id]: GONE });
      }
    });
  },
);

requirement('USR-CONC-021', 'fifty readers at once read the same when nobody writes', RACE, async (context) => {
  const ids = (await context.signInMany(5)).map(({ profile }) => profile.id);
  const before = await context.view(...ids);

  const views = await times(50, () => context.view(...ids));

  expect(views.filter((view) => JSON.stringify(view) !== JSON.stringify(before))).toEqual([]);
});
