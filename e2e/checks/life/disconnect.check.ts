import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { usersOf } from '../../support/answers.ts';
import { type Profile, stable } from '../../support/profile.ts';
import { holdsForAll } from '../../support/property.ts';
import { requirement } from '../../support/requirement.ts';
import { unlessClosed } from '../../support/tolerance.ts';
import { GONE, PRESENT } from '../../support/view.ts';

requirement('USR-LIFE-007', 'the answer is the next snapshot when one after the other goes', {}, async (context) => {
  const ids = (await context.signInMany(5)).map(({ profile }) => profile.id);
  const ours = (users: readonly Profile[]) =>
    Object.fromEntries(users.filter(({ id }) => ids.includes(id)).map((user) => [user.id, stable(user)]));
  const left = new Set(ids);

  // One of the middle, the newest, the oldest, and the last two.
  for (const id of [2, 4, 0, 3, 1].map((at) => ids[at]!)) {
    left.delete(id);
    const answered = ours(await context.disconnect(id));
    const next = ours(await context.users());
    expect(Object.keys(next).sort()).toEqual([...left].sort());
    expect(answered).toEqual(next);
  }
});

requirement('USR-LIFE-007', 'the answer holds all who are left when they are many', {}, async (context) => {
  const ids = (await context.signInMany(110)).map(({ profile }) => profile.id);

  const left = new Set((await context.disconnect(ids[55]!)).map(({ id }) => id));

  expect(ids.filter((id) => !left.has(id))).toEqual([ids[55]]);
});

requirement('USR-LIFE-008', 'exactly that user goes, in whichever order they do', {}, (context) =>
  holdsForAll(context, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), { runs: 4 }, async (order) => {
    const ids = (await context.signInMany(5)).map(({ profile }) => profile.id);
    const expected = Object.fromEntries(ids.map((id) => [id, PRESENT]));

    for (const index of order) {
      const id = ids[index]!;
      await context.disconnect(id);
      expected[id] = GONE;
      expect(await context.presence(...ids)).toEqual(expected);
    }
  }),
);

requirement('USR-LIFE-009', 'nothing changes when a user is disconnected again', {}, async (context) => {
  const [gone, stays] = (await context.signInMany(2)).map(({ profile }) => profile.id);
  await context.disconnect(gone!);
  const before = await context.view(gone!, stays!);

  await context.client.disconnect(gone!);

  expect(await context.view(gone!, stays!)).toEqual(before);
});

requirement(
  'USR-LIFE-048',
  'whoever is found by a spelling of the id goes when it is disconnected by it',
  {},
  async (context) => {
    const spellings: readonly ((id: string) => string)[] = [
      (id) => id.toUpperCase(),
      (id) => id.replaceAll('-', ''),
      (id) => encodeURIComponent(`{${id}}`),
      (id) => encodeURIComponent(`urn:uuid:${id}`),
      (id) => `%20${id}`,
      (id) => id.replaceAll(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    ];
    for (const spell of spellings) {
      const { id } = (await context.signIn()).profile;
      const other = spell(id);
      if (other === id || (await context.client.send('GET', `/users/${other}`)).status !== 200) continue;
      const { status } = await context.client.send('POST', `/users/${other}/disconnect`);
      if (status === 200) expect({ other, ...(await context.presence(id)) }).toEqual({ other, [id]: GONE });
    }
  },
);

requirement('USR-LIFE-010', 'nothing changes when nobody is disconnected', {}, async (context) => {
  const { profile } = await context.signIn();
  const before = await context.view(profile.id);

  const answer = await context.client.disconnect(randomUUID());

  expect(await context.view(profile.id)).toEqual(before);
  if (answer.status === 200) expect(usersOf(answer).map(({ id }) => id)).toContain(profile.id);
});

/** What a client sends for an id that it does not have, and what somewhere means everybody. */
const NOBODY = [
  '',
  '/',
  '*',
  '%2A',
  '%25',
  '_',
  '-',
  'all',
  'null',
  'undefined',
  '0',
  '-1',
  '%20',
  '%00',
  '[]',
  '{user}',
];

requirement(
  'USR-LIFE-010',
  'nothing changes when what is disconnected is no id',
  { needs: ['claims', 'fresh'] }, // whoever takes it for everybody is not to meet somebody's users
  async (context) => {
    const own = await context.openOwn();
    const ids = (await own.signInMany(3)).map(({ profile }) => profile.id);
    const before = await own.view(...ids);

    for (const nobody of NOBODY) {
      await unlessClosed(own.client.send('POST', `/users/${nobody}/disconnect`));
      expect({ nobody, ...(await own.view(...ids)) }).toEqual({ nobody, ...before });
    }
  },
);
