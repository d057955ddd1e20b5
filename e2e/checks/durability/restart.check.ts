import { expect } from '@jest/globals';
import { profileOf, usersOf } from '../../support/answers.ts';
import { stable } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

requirement(
  'USR-DUR-001',
  'users are as they were after SIGTERM and start',
  { needs: ['claims', 'fresh', 'restart'] },
  async (context) => {
    const own = await context.openOwn();
    const { profile } = await own.signIn();
    const before = usersOf(await own.client.snapshot());

    await own.target.restart();

    expect(usersOf(await own.client.snapshot()).map(stable)).toEqual(before.map(stable));
    expect(stable(profileOf(await own.client.one(profile.id)))).toEqual(stable(profile));
  },
);

requirement(
  'USR-DUR-002',
  'a user is there after SIGKILL right after the answer',
  { needs: ['claims', 'fresh', 'kill'], once: true },
  async (context) => {
    const own = await context.openOwn();
    const { profile } = await own.signIn();

    await own.target.kill();
    await own.target.start();

    expect(usersOf(await own.client.snapshot()).map(({ id }) => id)).toContain(profile.id);
  },
);
