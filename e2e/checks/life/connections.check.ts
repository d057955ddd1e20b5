import { expect } from '@jest/globals';
import { profileOf, usersOf } from '../../support/answers.ts';
import { KeptAlive } from '../../support/kept-alive.ts';
import { core, stable } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { GONE, PRESENT } from '../../support/view.ts';

requirement(
  'USR-LIFE-032',
  'a user is found when its id stands in the path as it is',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();

    const { status } = await context.client.send('GET', `/users/${profile.id}`);

    expect({ id: profile.id, status }).toEqual({ id: expect.stringMatching(/^[\w.~-]+$/), status: 200 });
  },
);

requirement(
  'USR-LIFE-035',
  'reading and disconnecting work when no Authorization is sent',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();

    const read = await context.client.one(profile.id);
    const disconnected = await context.client.disconnect(profile.id);

    const sent = [read, disconnected].flatMap(({ exchange }) => Object.keys(exchange.requestHeaders));
    expect(sent.map((name) => name.toLowerCase())).not.toContain('authorization');
    expect([read.status, disconnected.status]).toEqual([200, 200]);
  },
);

requirement('USR-LIFE-036', 'others see each step when a life goes over one connection', {}, async (context) => {
  using connection = new KeptAlive(context.session.target.baseUrl);
  const token = await context.mint.signIn(context.newPerson());

  const signedIn = await connection.post('/users/authenticate/from_token', token);
  const { id } = profileOf(signedIn);
  context.remember(id);
  expect(await context.presence(id)).toEqual({ [id]: PRESENT });
  const idsListed = async () => usersOf(await connection.get('/users')).map((user) => user.id);
  expect(await idsListed()).toContain(id);

  expect(await connection.post(`/users/${id}/disconnect`)).toMatchObject({ status: 200 });
  expect(await context.presence(id)).toEqual({ [id]: GONE });
  expect(await idsListed()).not.toContain(id);
});

requirement('USR-LIFE-036', 'a kept connection sees each step when a life goes over others', {}, async (context) => {
  using connection = new KeptAlive(context.session.target.baseUrl);
  const { person, profile } = await context.signIn();
  const path = `/users/${profile.id}`;
  const read = async () => ({
    one: profileOf(await connection.get(path)),
    all: usersOf(await connection.get('/users')),
  });
  await read();

  await context.signIn({ ...person, name: `${person.name} again` });
  const { one, all } = await read();
  expect(stable(one)).toEqual(stable(await context.user(profile.id)));
  expect(all.map(core)).toContainEqual(core(one));

  await context.disconnect(profile.id);
  expect((await connection.get(path)).status).not.toBe(200);
  expect(usersOf(await connection.get('/users')).map(({ id }) => id)).not.toContain(profile.id);
});
