import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { profileUnlessRefused } from '../../support/answers.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import { requirement } from '../../support/requirement.ts';

/** Long enough to sign in with on a busy machine. */
const SHORT_S = 4;
/** Whoever tidies up once a second, and gives a few seconds of grace, has done so by then. */
const LATER_S = 5;

requirement('USR-LIFE-041', 'a user is there as before when its token has expired', {}, async (context) => {
  const exp = Math.floor(Date.now() / 1000) + SHORT_S;
  const token = await context.mint.signIn(context.newPerson(), { claims: { exp } });
  const answer = await context.client.authenticate({ ...token, expires_in: SHORT_S });
  const profile = profileUnlessRefused(answer);
  if (!profile) throw new NotOffered(`the target refuses a token that lives ${SHORT_S} s`);
  const before = await context.view(profile.id);

  await sleep((exp + LATER_S) * 1000 - Date.now());

  expect(await context.view(profile.id)).toEqual(before);
});
