import { expect } from '@jest/globals';
import { profileOf, usersOf } from '../../support/answers.ts';
import { crashAtFirstAnswer } from '../../support/crash.ts';
import { core } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';

/** What a crash lost is proof: there is nothing to run again. */
const PROOF = { needs: ['claims', 'fresh', 'kill'], once: true, timeoutMs: 240_000 } as const;

/** Requests in flight at each crash: the first to be answered is the signal for it. */
const AT_ONCE = 4;

requirement('USR-DUR-002', 'no user is lost when sign-ins end in a crash twenty times', PROOF, async (context) => {
  const own = await context.openOwn();
  const answered: string[] = [];

  for (let crash = 1; crash <= 20; crash += 1) {
    const tokens = await times(AT_ONCE, () => context.mint.signIn(context.newPerson()));
    const signIns = await crashAtFirstAnswer(own, tokens, (token) => own.client.authenticate(token));
    answered.push(...signIns.map(({ answer }) => profileOf(answer).id));
    await own.start();

    const listed = (await own.users()).map(({ id }) => id);
    expect({ crash, lost: answered.filter((id) => !listed.includes(id)) }).toEqual({ crash, lost: [] });
  }
});

requirement(
  'USR-DUR-003',
  'no user comes back when disconnects end in a crash twenty times',
  PROOF,
  async (context) => {
    const own = await context.openOwn();
    const answered: string[] = [];

    for (let crash = 1; crash <= 20; crash += 1) {
      const ids = (await own.signInMany(AT_ONCE)).map(({ profile }) => profile.id);
      const disconnects = await crashAtFirstAnswer(own, ids, (id) => own.client.disconnect(id));
      for (const { answer } of disconnects) usersOf(answer);
      answered.push(...disconnects.map(({ request }) => request));
      await own.start();

      const listed = (await own.users()).map(({ id }) => id);
      expect({ crash, back: answered.filter((id) => listed.includes(id)) }).toEqual({ crash, back: [] });
    }
  },
);

requirement(
  'USR-DUR-011',
  'each user has the id and profile of its sign-in when there was a crash',
  PROOF,
  async (context) => {
    const own = await context.openOwn();
    const signedIn = await own.signInMany(10);

    await own.crash();
    await own.start();

    const found = await Promise.all(signedIn.map(({ profile }) => own.user(profile.id)));
    expect(found.map(core)).toEqual(signedIn.map(({ profile }) => core(profile)));
  },
);

requirement(
  'USR-DUR-012',
  'a profile is as last answered when second sign-ins end in a crash',
  PROOF,
  async (context) => {
    const own = await context.openOwn();
    const { person } = await own.signIn();

    for (let crash = 1; crash <= 5; crash += 1) {
      const token = await context.mint.signIn({ ...person, name: `Ada after crash ${crash}` });
      const [again] = await crashAtFirstAnswer(own, [token], (last) => own.client.authenticate(last));
      const profile = profileOf(again!.answer);
      await own.start();

      expect({ crash, found: core(await own.user(profile.id)) }).toEqual({ crash, found: core(profile) });
    }
  },
);
