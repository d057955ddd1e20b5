import { expect } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { hangUpAfterPost } from '../../support/hang-up.ts';
import { Storm } from '../../support/history/storm.ts';
import { requirement } from '../../support/requirement.ts';
import { GONE, PRESENT, type Presence } from '../../support/view.ts';

requirement('USR-CONC-019', 'reads agree and all works on when clients hung up', {}, async (context) => {
  const { baseUrl } = context.session.target;
  const leaving = await context.signInMany(15);
  const coming = Array.from({ length: 15 }, () => context.newPerson());
  const tokens = await Promise.all(coming.map((person) => context.mint.signIn(person)));

  await Promise.all([
    ...tokens.map((token) => hangUpAfterPost(baseUrl, '/users/authenticate/from_token', JSON.stringify(token))),
    ...leaving.map(({ profile }) => hangUpAfterPost(baseUrl, `/users/${profile.id}/disconnect`)),
  ]);
  // A definite sign-in of each, whatever became of the one before: it must find its user or make it.
  const came = await context.signInAll(coming);

  const ids = [...leaving, ...came].map(({ profile }) => profile.id);
  const presence = await eventually(
    () => context.presence(...ids),
    (read) => disagreements(read).length === 0,
  );
  expect(disagreements(presence)).toEqual([]);
  for (const { profile } of came) expect(presence[profile.id]).toEqual(PRESENT);
  for (const person of coming) expect((await context.usersLike(person)).length).toBeLessThanOrEqual(1);
});

requirement('USR-CONC-020', 'a life goes as before when a storm is over', {}, async (context) => {
  const storm = await Storm.prepare(context, context, { clients: 16, requests: 25, people: 8 });
  const signIn = await context.prepareSignIns(Array.from({ length: 60 }, () => context.newPerson()));
  await storm.run(context.seed);
  const crowd = await signIn();
  await Promise.all(crowd.map(({ profile }) => context.disconnect(profile.id)));

  const { profile } = await context.signIn();
  expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });
  await context.disconnect(profile.id);
  expect(await context.presence(profile.id)).toEqual({ [profile.id]: GONE });
});

/** Whom one read shows and the other does not, or one shows twice. */
const disagreements = (presence: Readonly<Record<string, Presence>>): string[] =>
  Object.entries(presence).flatMap(([id, { listed, found }]) => (listed === Number(found) ? [] : id));
