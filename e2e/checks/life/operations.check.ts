import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { expectRefused, profileOf, usersOf } from '../../support/answers.ts';
import { requirement } from '../../support/requirement.ts';

const AESTHETICS = { theme: { dark: expect.any(Boolean) }, font: { size: expect.any(Number) } };

requirement(
  'USR-AUTH-001',
  'sign-in answers a profile when the token is valid',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();

    expect(profile).toMatchObject({ id: expect.any(String), aesthetics: AESTHETICS });
  },
);

requirement('USR-AUTH-002', 'sign-in is refused and makes no user when the body is no JSON', {}, async (context) => {
  const { email, subject } = context.newPerson();
  const body = `{"access_token":"${subject}","email":"${email}"`;

  const answer = await context.client.send('POST', '/users/authenticate/from_token', { headers: JSON_BODY, body });

  expectRefused(answer);
  expect((await context.client.snapshot()).text).not.toContain(subject);
});
const JSON_BODY = { 'content-type': 'application/json' };

requirement(
  'USR-SNAP-001',
  'the snapshot lists profiles when somebody is signed in',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();

    const users = usersOf(await context.client.snapshot());

    expect(users).toContainEqual(expect.objectContaining({ id: profile.id, aesthetics: expect.any(Object) }));
  },
);

requirement('USR-SNAP-002', 'the snapshot answers when no Authorization is sent', { needs: [] }, async (context) => {
  const answer = await context.client.snapshot();

  expect(answer.status).toBe(200);
});

requirement(
  'USR-SNAP-002',
  'the snapshot answers without Authorization when somebody is signed in',
  { needs: ['tokens'] },
  async (context) => {
    await context.signIn();

    const answer = await context.client.snapshot();

    expect(answer.status).toBe(200);
  },
);

requirement(
  'USR-ONE-001',
  'a profile is answered by id when the user is signed in',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();

    const one = profileOf(await context.client.one(profile.id));

    expect(one).toMatchObject({ id: profile.id, aesthetics: AESTHETICS });
  },
);

requirement('USR-ONE-002', 'an id is refused when it is nobody', { needs: [] }, async (context) => {
  const answer = await context.client.one(randomUUID());

  expectRefused(answer);
});

requirement(
  'USR-DISC-001',
  'the answer no longer holds a user when it is disconnected',
  { needs: ['tokens'] },
  async (context) => {
    const { profile } = await context.signIn();

    const left = usersOf(await context.client.disconnect(profile.id));

    expect(left.map(({ id }) => id)).not.toContain(profile.id);
  },
);
