import { profileOf } from '../../support/answers.ts';
import { SIGN_IN } from '../../support/bodies.ts';
import type { Context } from '../../support/context.ts';
import { KeptAlive } from '../../support/kept-alive.ts';
import type { Forgery } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoTrace, expectUnchanged } from '../../support/traces.ts';

const AN_HOUR = 3_600;

requirement(
  'USR-SEC-005',
  'nobody is made or changed by a foreign key when a good token came before over the same connection',
  { needs: ['forge'] },
  (context) => expectWorthlessAfterGood(context, (person) => context.mint.accessToken(person, { sign: 'foreign' })),
);

requirement(
  'USR-SEC-010',
  'nobody is made or changed by an expired token when a good one came before over the same connection',
  { needs: ['forge'] },
  (context) =>
    expectWorthlessAfterGood(context, (person) =>
      context.mint.accessToken(person, { claims: { exp: Math.floor(Date.now() / 1000) - AN_HOUR } }),
    ),
);

/**
 * A client signs somebody in, keeps the connection and what cookies it was given, and then comes with worthless tokens: for
 * somebody new, and for a user who is signed in. Whatever it has shown before, each token is to be looked at.
 */
async function expectWorthlessAfterGood(context: Context, forge: Forgery): Promise<void> {
  const victim = await context.signIn();
  const before = profileOf(await context.client.one(victim.profile.id));
  using connection = new KeptAlive(context.session.target.baseUrl);
  const signIn = (access_token: string, cookie?: string) => {
    const token = { access_token, token_type: 'Bearer', expires_in: AN_HOUR };
    return connection.post(SIGN_IN, token, cookie === undefined ? {} : { cookie });
  };
  const attempts = [];
  for (const person of [context.newPerson(), context.newPerson({ subject: victim.person.subject })]) {
    const guest = context.newPerson();
    const welcome = await signIn(await context.mint.accessToken(guest));
    context.remember(profileOf(welcome).id);
    const cookies = welcome.headers['set-cookie']?.map((cookie) => cookie.split(';')[0]).join('; ');
    const { status } = await signIn(await forge(person), cookies);
    attempts.push({ what: `it, with status ${status}`, person });
  }

  await expectNoTrace(context, attempts);
  await expectUnchanged(context, before, 'a worthless token after a good one');
}
