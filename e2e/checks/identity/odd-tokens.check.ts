import { expect } from '@jest/globals';
import { profileUnlessRefused } from '../../support/answers.ts';
import { requirement } from '../../support/requirement.ts';

const INTERNALS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'null',
  'undefined',
  'false',
  '0', // which some languages take for nothing
];

requirement(
  'USR-ID-015',
  'each is a user of its own when the subjects are names of internals',
  { needs: ['claims', 'fresh'] },
  async (context) => {
    // Such a subject cannot be made unique: on a live server it could be somebody's.
    const own = await context.openOwn();
    const signedIn = await Promise.all(INTERNALS.map((subject) => own.signIn(context.newPerson({ subject }))));
    const again = await Promise.all(signedIn.map(({ person }) => own.signIn(person)));

    const ids = signedIn.map(({ profile }) => profile.id);
    expect(new Set(ids).size).toBe(INTERNALS.length);
    expect(again.map(({ profile }) => profile.id)).toEqual(ids);
    expect((await own.users()).map(({ id }) => id).sort()).toEqual(ids.toSorted());
  },
);

requirement('USR-ID-020', 'nobody else is made or told when the id token is of another person', {}, async (context) => {
  const caller = context.newPerson();
  const other = context.newPerson();
  const token = await context.mint.signIn(caller);
  const { id_token } = await context.mint.signIn(other);

  const profile = profileUnlessRefused(await context.client.authenticate({ ...token, id_token }));

  expect(await context.usersLike(other)).toEqual([]);
  if (!profile) expect(await context.usersLike(caller)).toEqual([]); // a refusal makes nobody
  expect(JSON.stringify(profile ?? {})).not.toContain(other.nickname);
});
