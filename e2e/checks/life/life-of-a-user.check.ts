import { expect } from '@jest/globals';
import { expectRefused, profileOf, usersOf } from '../../support/answers.ts';
import { requirement } from '../../support/requirement.ts';

requirement(
  'USR-LIFE-001',
  'the user is in the snapshot and by id after sign-in',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();

    const users = usersOf(await context.client.snapshot());
    const one = profileOf(await context.client.one(profile.id));

    expect(users.filter(({ id }) => id === profile.id)).toHaveLength(1);
    expect(one.id).toBe(profile.id);
  },
);

requirement('USR-LIFE-002', 'the user is gone everywhere after disconnect', { needs: ['tokens'] }, async (context) => {
  const { profile } = await context.signIn();

  usersOf(await context.client.disconnect(profile.id));

  expect(usersOf(await context.client.snapshot()).map(({ id }) => id)).not.toContain(profile.id);
  expectRefused(await context.client.one(profile.id));
});

requirement(
  'USR-LIFE-003',
  'sign-in makes the user again after it signed out',
  { needs: ['tokens'] },
  async (context) => {
    const { person, profile } = await context.signIn();
    usersOf(await context.client.disconnect(profile.id));

    const again = await context.signIn(person);

    expect(usersOf(await context.client.snapshot()).map(({ id }) => id)).toContain(again.profile.id);
  },
);
