import { expect } from '@jest/globals';
import type { Person } from '../../../target/person.ts';
import { signInBare } from '../../support/bare-sign-in.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import { requirement } from '../../support/requirement.ts';

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

requirement(
  'USR-LIFE-028',
  'the profile is of one token when a second has another name and e-mail',
  {},
  async (context) => {
    const { person } = await context.signIn();
    const { name, email } = context.newPerson();
    const other = { ...person, name, email };
    const { profile } = await context.signIn(other);

    const found = await context.user(profile.id);

    const pairs = [person, other].map((claims) => [found.name && claims.name, found.email && claims.email]);
    expect(pairs).toContainEqual([found.name, found.email]);
  },
);

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
