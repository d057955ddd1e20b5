import { expect } from '@jest/globals';
import { requirement } from '../../support/requirement.ts';
import { GONE, PRESENT } from '../../support/view.ts';

const ONE_TOKEN = { needs: ['tokens'] } as const;

requirement('USR-LIFE-001', 'the user is in the snapshot and by id after sign-in', ONE_TOKEN, async (context) => {
  await context.client.snapshot(); // once it was read, a cache holds it
  const { profile } = await context.signIn();

  const presence = await context.presence(profile.id);

  expect(presence).toEqual({ [profile.id]: PRESENT });
});

requirement('USR-LIFE-002', 'the user is gone everywhere after disconnect', ONE_TOKEN, async (context) => {
  const { profile } = await context.signIn();
  // Once it was read, a cache holds it.
  expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });

  await context.disconnect(profile.id);

  expect(await context.presence(profile.id)).toEqual({ [profile.id]: GONE });
});

requirement('USR-LIFE-003', 'sign-in makes the user again after it signed out', ONE_TOKEN, async (context) => {
  const { person, profile } = await context.signIn();
  await context.disconnect(profile.id);
  await context.presence(profile.id); // once it was read, a cache holds it

  const again = await context.signIn(person);

  expect(await context.presence(again.profile.id)).toEqual({ [again.profile.id]: PRESENT });
});

requirement('USR-LIFE-005', 'the user is listed once after three sign-ins', ONE_TOKEN, async (context) => {
  const { person, profile } = await context.signIn();
  await context.signIn(person);
  await context.signIn(person);

  const users = await context.users();

  expect(users.filter(({ id }) => id === profile.id)).toHaveLength(1);
});

requirement('USR-LIFE-012', 'one user when in and none when out, ten times over', {}, async (context) => {
  const person = context.newPerson();

  for (let round = 1; round <= 10; round += 1) {
    const { profile } = await context.signIn(person);
    expect({ round, ...(await context.presence(profile.id)) }).toEqual({ round, [profile.id]: PRESENT });
    expect((await context.usersLike(person)).length).toBeLessThanOrEqual(1);

    await context.disconnect(profile.id);
    expect({ round, ...(await context.presence(profile.id)) }).toEqual({ round, [profile.id]: GONE });
    expect(await context.usersLike(person)).toEqual([]);
  }
});
