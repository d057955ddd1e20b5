import { expect } from '@jest/globals';
import { profileOf, usersOf } from '../../support/answers.ts';
import { stable } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-ID-001', 'two people are two users after both signed in', {}, async (context) => {
  const ada = await context.signIn();
  const bob = await context.signIn();

  const ids = usersOf(await context.client.snapshot()).map(({ id }) => id);

  expect(ada.profile.id).not.toBe(bob.profile.id);
  expect(ids).toEqual(expect.arrayContaining([ada.profile.id, bob.profile.id]));
  expect(stable(profileOf(await context.client.one(ada.profile.id)))).toEqual(stable(ada.profile));
});

requirement('USR-ID-002', 'a user is as it was after another was disconnected', {}, async (context) => {
  const stays = await context.signIn();
  const goes = await context.signIn();

  const left = usersOf(await context.client.disconnect(goes.profile.id));

  expect(left.map(({ id }) => id)).toContain(stays.profile.id);
  expect(stable(profileOf(await context.client.one(stays.profile.id)))).toEqual(stable(stays.profile));
});
