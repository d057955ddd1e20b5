import { expect } from '@jest/globals';
import type { Claims } from '../../../target/claims.ts';
import type { Person } from '../../../target/person.ts';
import { profileOf, profileUnlessRefused } from '../../support/answers.ts';
import { signInBare } from '../../support/bare-sign-in.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import { spelt } from '../../support/names.ts';
import type { Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { PRESENT } from '../../support/view.ts';

requirement(
  'USR-LIFE-021',
  'the e-mail is that of the token when it has tags, dots and subdomains',
  {},
  async (context) => {
    const { nickname: unique } = context.newPerson();

    await expectKept(context, 'email', [
      `${unique}@example.com`,
      `${unique}+tag@example.com`,
      `first.last_${unique}@mail.eu.example.com`,
    ]);
  },
);

requirement('USR-LIFE-026', 'the picture is that of the token when it has a query and escapes', {}, (context) =>
  expectKept(context, 'picture', [
    'https://example.com/a.png',
    'https://example.com/a%20b.png?s=480&r=pg&d=https%3A%2F%2Fcdn.example%2Fx.png#top',
    `https://example.com/${'x'.repeat(400)}.png`,
  ]),
);

requirement(
  'USR-LIFE-027',
  'a subject signs in or is refused when the token says no more of it',
  {},
  async (context) => {
    const profile = await signInBare(context);

    if (profile) expect((await context.user(profile.id)).id).toBe(profile.id);
  },
);

requirement('USR-LIFE-028', 'the profile is of the last token when it says something else', {}, async (context) => {
  const { person, profile } = await context.signIn();
  await expectTaken(context, person, profile);
});

requirement('USR-LIFE-028', 'the profile is of the last token when its user had left', {}, async (context) => {
  const { person, profile } = await context.signIn();
  await context.disconnect(profile.id);
  await expectTaken(context, person, profile);
});

requirement('USR-LIFE-028', 'the profile is of the last token when it says less', {}, async (context) => {
  const { person, profile } = await context.signIn();
  await expectTaken(context, person, profile, { picture: undefined });
});

requirement(
  'USR-LIFE-028',
  'the profile is of the last token when one claim alone has changed',
  {},
  async (context) => {
    for (const claim of ['name', 'email', 'picture'] as const) {
      const { person, profile } = await context.signIn();
      if (profile[claim] !== person[claim]) continue; // some keep pictures at an address of their own
      const changed = context.newPerson()[claim];

      const { id } = (await context.signIn({ ...person, [claim]: changed })).profile;

      expect({ [claim]: (await context.user(id))[claim] }).toEqual({ [claim]: changed });
    }
  },
);

requirement('USR-LIFE-028', 'the profile is of the last token when that stands in the header', {}, async (context) => {
  const signInByHeader = async (who: Person) => {
    const { access_token } = await context.mint.signIn(who);
    return profileUnlessRefused(
      await context.client.authenticate(undefined, { authorization: `Bearer ${access_token}` }),
    );
  };
  const { person } = await context.signIn();
  const another = await signInByHeader(context.newPerson());
  // It may rightly refuse a token in the header alone, or read profiles from id tokens alone.
  if (another?.name === undefined) return;

  const name = 'Grace Hopper';
  const signedIn = await signInByHeader({ ...person, name });

  expect((await context.user(String(signedIn?.id))).name).toBe(name);
});

requirement(
  'USR-LIFE-028',
  'the name is of the last token when it is the same in other letters',
  {},
  async (context) => {
    const { person, profile } = await context.signIn();
    if (profile.name === undefined) return;
    for (const name of [person.name.toLowerCase(), person.name.toUpperCase(), `${person.name}, Jr.`, 'Ada', 'Adá']) {
      const { id } = (await context.signIn({ ...person, name })).profile;
      expect(spelt((await context.user(id)).name)).toBe(spelt(name));
    }
  },
);

requirement('USR-LIFE-046', 'nothing of a former life is there when the next token says less', {}, async (context) => {
  const { email, name, picture } = context.newPerson();
  const { person, profile } = await context.signIn(context.newPerson({ email, name, picture }));
  await context.disconnect(profile.id);

  const again = await signInBare(context, person);

  if (!again) throw new NotOffered('the target refuses tokens that say nothing but the subject');
  const told = JSON.stringify([again, await context.user(again.id)]);
  expect(Object.entries({ email, name, picture }).filter(([, value]) => told.includes(value))).toEqual([]);
});

requirement('USR-LIFE-047', 'a user is there when the token that signs in is that of before', {}, async (context) => {
  const { token, profile } = await context.signIn();
  let { id } = profile;
  for (const time of ['second', 'third']) {
    await context.disconnect(id);
    const again = profileUnlessRefused(await context.client.authenticate(token));
    if (!again) throw new NotOffered('the target takes a token only once');
    expect({ time, ...(await context.presence(again.id)) }).toEqual({ time, [again.id]: PRESENT });
    id = again.id;
  }
});

/** Signs the person in under another name, e-mail and picture: of what a profile had at first it then has these. */
async function expectTaken(context: Context, before: Person, first: Profile, claims: Claims = {}): Promise<void> {
  const { name, email, picture } = context.newPerson();
  const token = await context.mint.signIn({ ...before, name, email, picture }, { claims });
  const { id } = profileOf(await context.client.authenticate(token));
  const found = await context.user(id);

  const hasPicture = first.picture === before.picture && !('picture' in claims); // some keep pictures at an address of their own
  const told = Object.entries({ name, email, ...(hasPicture ? { picture } : {}) }).filter(([field]) => first[field]);
  expect(Object.fromEntries(told.map(([field]) => [field, found[field]]))).toEqual(Object.fromEntries(told));
}

/** Signs somebody in with each value of the claim; the field of the same name, by id, must be that value. */
async function expectKept(context: Context, claim: 'email' | 'picture', values: readonly string[]): Promise<void> {
  const read = await Promise.all(
    values.map(async (value) => {
      const person: Person = context.newPerson({ [claim]: value });
      const { profile } = await context.signIn(person);
      return (await context.user(profile.id))[claim];
    }),
  );
  if (read.every((value) => value === undefined)) throw new NotOffered(`the target sends no ${claim}`);

  expect(read).toEqual(values);
}
