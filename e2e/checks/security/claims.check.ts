import { expect } from '@jest/globals';
import type { Claims } from '../../../target/claims.ts';
import type { Person } from '../../../target/person.ts';
import { isRefused, profileOf, profileUnlessRefused, usersOf } from '../../support/answers.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import { eventually } from '../../support/eventually.ts';
import { readJwt } from '../../support/jwt.ts';
import { expectPowerless, type Forgery, inBody } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoTrace, expectRefusal } from '../../support/traces.ts';

const HOUR_S = 3600;
/** Past every leeway: "usually no more than a few minutes" (RFC 7519, section 4.1.4). */
const TEN_MINUTES_S = 600;
/** Seconds since a token's end. Leeways are round numbers, which these are not: nobody waits for longer than from one to the next. */
const AGES_S = [-5, 3, 13, 23, 33, 43, 53, 63];
/** A busy machine's part of the wait. */
const PATIENCE_S = 15;
const YEAR_S = 365 * 24 * HOUR_S;
const otherCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());
const nowS = () => Math.floor(Date.now() / 1000);

/** Of a token that was good until then: an end before the beginning is a fault of its own, which jose4j refuses. */
const until = (exp: number): Claims => ({ exp, iat: exp - HOUR_S, nbf: exp - HOUR_S });

requirement('USR-SEC-010', 'nobody is made or changed when the token has expired', { needs: ['forge'] }, (context) =>
  expectWorthless(context, {
    'an exp an hour ago': until(nowS() - HOUR_S),
    'an exp ten minutes ago': until(nowS() - TEN_MINUTES_S),
    'an exp an hour ago, with a fraction': until(nowS() - HOUR_S + 0.5),
    'an exp ten years ago': until(nowS() - 10 * YEAR_S),
    'an exp an hour ago, issued just now': { exp: nowS() - HOUR_S },
    'an exp of 0': { exp: 0 },
    'an exp before 1970': { exp: -HOUR_S },
  }),
);

requirement(
  'USR-SEC-010',
  'nobody is made when the token signed in before it expired',
  { needs: ['forge'] },
  async (context) => {
    const [person, other] = [context.newPerson(), context.newPerson()];
    const signIn = async (who: Person, exp: number) =>
      inBody(context.client, await context.mint.accessToken(who, { claims: until(exp) }));

    // The leeway is the target's own.
    let age: number | undefined;
    let next: number | undefined;
    for (next of AGES_S) {
      if (isRefused(await signIn(other, nowS() - next))) break;
      age = next;
    }
    if (age === undefined) throw new NotOffered(`the target refuses a token that lives ${-AGES_S[0]!} s`);
    if (age === next) throw new NotOffered(`the target's leeway is more than ${age} s`);

    const exp = nowS() - age;
    const token = await context.mint.accessToken(person, { claims: until(exp) });
    const profile = profileUnlessRefused(await inBody(context.client, token));
    if (!profile) throw new NotOffered(`the target takes a token ${age} s past its end, and then another not`);
    await context.disconnect(profile.id);
    const isOver = await eventually(() => signIn(other, exp), isRefused, (next! - age + PATIENCE_S) * 1000, 500);
    if (!isRefused(isOver)) throw new NotOffered('the target takes a token for longer than a minute past its end');

    const answer = await inBody(context.client, token);
    const what = 'a token that signed in before, and has expired';
    await expectNoTrace(context, [{ what, person, answer }]);
    expectRefusal(context, what, answer);
  },
);

requirement(
  'USR-SEC-011',
  'nobody is made or changed when the token is not valid yet',
  { needs: ['forge'] },
  (context) =>
    expectWorthless(context, {
      'an nbf in ten minutes': { nbf: nowS() + TEN_MINUTES_S },
      'an nbf in an hour': { nbf: nowS() + HOUR_S, exp: nowS() + 2 * HOUR_S },
      'an nbf in ten years': { nbf: nowS() + 10 * YEAR_S, exp: nowS() + 11 * YEAR_S },
    }),
);

requirement('USR-SEC-012', 'nobody is made or changed when the token never expires', { needs: ['forge'] }, (context) =>
  expectWorthless(context, {
    'no exp': { exp: undefined },
    'an exp of text': { exp: 'never' },
    'an exp of no text': { exp: '' },
    'an exp that is an object': { exp: {} },
  }),
);

requirement(
  'USR-SEC-013',
  'nobody is made or changed when the audience is another',
  { needs: ['forge'] },
  async (context) => {
    const ours = await goodClaim(context, 'aud');
    await expectWorthless(
      context,
      audiences({
        'another audience': 'https://other.example',
        'a prefix of ours': ours.slice(0, -1),
        'ours with a suffix': `${ours}.evil.example`,
        'ours in the middle': `x ${ours} x`,
        'ours in another case': otherCase(ours),
        'several others': ['https://other.example', `${ours}x`],
        'ours as the name of a member': { [ours]: true },
      }),
    );
  },
);

requirement('USR-SEC-014', 'nobody is made or changed when there is no audience', { needs: ['forge'] }, (context) =>
  expectWorthless(
    context,
    audiences({
      'no aud': undefined,
      'an empty aud': '',
      'an aud of nobody': [],
      'an aud of null': null,
      'an aud that is true': true,
    }),
  ),
);

requirement(
  'USR-SEC-015',
  'sign-in makes the user when ours is one of several audiences',
  { needs: ['forge'] },
  async (context) => {
    const aud = ['https://other.example/userinfo', await goodClaim(context, 'aud')];

    const answer = await inBody(
      context.client,
      await context.mint.accessToken(context.newPerson(), { claims: { aud } }),
    );

    const { id } = profileOf(answer);
    expect(usersOf(await context.client.snapshot()).map((user) => user.id)).toContain(id);
  },
);

requirement(
  'USR-SEC-016',
  'nobody is made or changed when the issuer is another or none',
  { needs: ['forge'] },
  async (context) => {
    const ours = await goodClaim(context, 'iss');
    await expectWorthless(context, {
      'another iss': { iss: 'https://other.example' },
      'a prefix of our iss': { iss: ours.slice(0, -1) },
      'our iss with a suffix': { iss: `${ours}.evil.example` },
      'our iss as the user of another': { iss: `${ours}@evil.example` },
      'another tenant of our iss': { iss: new URL('/another-tenant', ours).href },
      'no iss': { iss: undefined },
      'an empty iss': { iss: '' },
      'an iss of null': { iss: null },
    });
  },
);

requirement('USR-SEC-017', 'nobody is made when the token has no subject', { needs: ['forge'] }, (context) =>
  expectWorthless(context, {
    'no sub': { sub: undefined },
    'an empty sub': { sub: '' },
    'a sub of null': { sub: null },
  }),
);

requirement('USR-SEC-018', 'nobody is made when the subject is no string', { needs: ['forge'] }, (context) =>
  expectWorthless(context, {
    'a sub that is a number': { sub: 42 },
    'a sub that is true': { sub: true },
    'a sub that is an array': { sub: ['ada'] },
    'a sub that is an object': { sub: { id: 'ada' } },
  }),
);

/**
 * Each of these claims, laid over those of a token that the issuer has truly signed, makes it worthless: alone, and with a good id
 * token of the same person beside it.
 */
async function expectWorthless(context: Context, claims: Readonly<Record<string, Claims>>): Promise<void> {
  const forgeries = Object.entries(claims).map(([what, over]): [string, Forgery] => [
    what,
    (person) => context.mint.accessToken(person, { claims: over }),
  ]);
  await expectPowerless(context, Object.fromEntries(forgeries));

  const idTokens = new Map<string, unknown>();
  const beside = forgeries.map(([what, forge]): [string, Forgery] => [
    `${what}, beside a good id token`,
    async (person) => {
      const token = await forge(person);
      idTokens.set(token, (await context.mint.signIn(person)).id_token);
      return token;
    },
  ]);
  await expectPowerless(context, Object.fromEntries(beside), (client, token) =>
    client.authenticate({ access_token: token, token_type: 'Bearer', expires_in: 3600, id_token: idTokens.get(token) }),
  );
}

const audiences = (values: Readonly<Record<string, unknown>>): Record<string, Claims> =>
  Object.fromEntries(Object.entries(values).map(([what, aud]) => [what, { aud }]));

async function goodClaim(context: Context, name: 'aud' | 'iss'): Promise<string> {
  return String(readJwt(await context.mint.accessToken(context.newPerson())).claims[name]);
}
