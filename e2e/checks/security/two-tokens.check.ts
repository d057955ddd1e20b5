import type { Answer } from '../../../target/http.ts';
import type { Person } from '../../../target/person.ts';
import { profileOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoTrace, expectUnchanged } from '../../support/traces.ts';

requirement(
  'USR-SEC-026',
  'nobody is made or changed by a forged token when a good one of somebody else is beside it',
  { needs: ['forge'] },
  async (context) => {
    const { mint } = context;
    await expectWorthlessBeside(context, {
      'a foreign signature': (person) => mint.accessToken(person, { sign: 'foreign' }),
      'no signature': (person) => mint.accessToken(person, { sign: 'none' }),
      'an exp an hour ago': (person) => mint.accessToken(person, { claims: { exp: Date.now() / 1000 - 3600 } }),
    });
  },
);

/** Whether the good one signs its own person in, or both are refused, is the provider's choice. */
async function expectWorthlessBeside(
  context: Context,
  forgeries: Readonly<Record<string, (person: Person) => Promise<string>>>,
): Promise<void> {
  const victim = await context.signIn();
  const before = profileOf(await context.client.one(victim.profile.id));
  const attempts = [];
  for (const [what, forge] of Object.entries(forgeries)) {
    for (const person of [context.newPerson(), context.newPerson({ subject: victim.person.subject })]) {
      const [forged, good] = [await forge(person), await context.mint.accessToken(context.newPerson())];
      attempts.push({ what: `${what}, in the body`, person, answer: await sendBoth(context, forged, good) });
      attempts.push({ what: `${what}, in the header`, person, answer: await sendBoth(context, good, forged) });
    }
  }

  await expectNoTrace(context, attempts);
  await expectUnchanged(context, before, 'forged tokens beside good ones');
}

const sendBoth = ({ client }: Context, inBody: string, inHeader: string): Promise<Answer> =>
  client.authenticate(
    { access_token: inBody, token_type: 'Bearer', expires_in: 3600 },
    { authorization: `Bearer ${inHeader}` },
  );
