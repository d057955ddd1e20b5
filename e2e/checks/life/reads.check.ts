import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { isRefused, profileUnlessRefused, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { core } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

requirement(
  'USR-LIFE-015',
  'nothing changes when users are read many times',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();
    const before = await context.view(profile.id);

    for (let round = 0; round < 10; round += 1) {
      await context.client.snapshot();
      await context.client.one(profile.id);
      await context.client.one(randomUUID());
    }

    expect(await context.view(profile.id)).toEqual(before);
  },
);

requirement('USR-LIFE-016', 'nothing changes when the paths of the writes are asked by GET', {}, (context) =>
  expectUnchangedBy(context, ['GET', 'HEAD'], (id) => [`/users/${id}/disconnect`, '/users/authenticate/from_token']),
);

requirement('USR-LIFE-017', 'nothing changes when the paths of the reads are written to', {}, (context) =>
  expectUnchangedBy(context, ['PUT', 'PATCH', 'DELETE', 'POST'], (id) => ['/users', `/users/${id}`]),
);

requirement('USR-LIFE-018', 'nothing changes when paths are asked that nobody names', {}, (context) =>
  expectUnchangedBy(context, ['GET', 'POST', 'DELETE'], (id) => [
    '/users/disconnect',
    `/users/${id}/delete`,
    `/users/${id}/disconnect/all`,
    `/users/disconnect/${id}`,
    `/user/${id}/disconnect`,
    '/users/authenticate',
  ]),
);

requirement('USR-LIFE-039', 'the reads say the same or refuse when their address has a query', {}, async (context) => {
  const { profile } = await context.signIn();
  await context.signIn(); // the first is not the newest
  const before = core(profile);

  for (const query of ['?', `?_=${Date.now()}`, '?nocache']) {
    const [all, one] = [
      await context.client.send('GET', `/users${query}`),
      await context.client.send('GET', `/users/${profile.id}${query}`),
    ];
    const listed = isRefused(all)
      ? undefined
      : usersOf(all)
          .filter(({ id }) => id === profile.id)
          .map(core);
    const found = profileUnlessRefused(one);
    expect({ query, listed: listed ?? [before], found: found ? core(found) : before }).toEqual({
      query,
      listed: [before],
      found: before,
    });
  }
});

/** Sends every method to every path, with a body that would change the user's name, were it taken. */
async function expectUnchangedBy(
  context: Context,
  methods: readonly string[],
  pathsFor: (id: string) => readonly string[],
): Promise<void> {
  const { profile } = await context.signIn();
  const before = await context.view(profile.id);
  const body = JSON.stringify({ ...profile, name: 'Changed' });

  for (const method of methods) {
    for (const path of pathsFor(profile.id)) {
      const hasBody = method !== 'GET' && method !== 'HEAD';
      await context.client.send(method, path, hasBody ? { headers: JSON_TYPE, body } : {});
    }
  }

  expect(await context.view(profile.id)).toEqual(before);
}
