import { expect } from '@jest/globals';
import { signInBare } from '../../support/bare-sign-in.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import type { Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

requirement(
  'USR-ID-024',
  'nothing is of anybody else when the token says no more than the subject',
  {},
  async (context) => {
    const person = context.newPerson();
    const others = await context.signInMany(3);
    const profile = await bareProfile(context, person);

    const said = JSON.stringify([profile, await context.user(profile.id)]).replaceAll(person.nickname, '');

    // Every person of this run has its id in each claim, those of other checks too.
    expect(others.filter(({ person: other }) => said.includes(other.nickname))).toEqual([]);
    expect(said).not.toContain(context.session.id);
  },
);

requirement('USR-ID-025', 'there is no e-mail when no token named one', {}, async (context) => {
  const { id } = await bareProfile(context);

  const { email } = await context.user(id);

  expect(email ?? '').toBe('');
});

/** What languages make of a value that is not there when they put it into a text. */
const NOTHINGS = ['null', 'undefined', 'none', 'nil', '<nil>', 'nan', '(null)', '[object object]', 'optional.empty'];

requirement('USR-ID-026', 'no text says "null" when no token says more than the subject', {}, async (context) => {
  const profile = await bareProfile(context);

  const said = Object.entries({ ...profile, ...(await context.user(profile.id)) });

  const isNothing = (value: unknown) =>
    typeof value === 'string' && value.split(/[ @]/).some((word) => NOTHINGS.includes(word.toLowerCase()));
  expect(Object.fromEntries(said.filter(([, value]) => isNothing(value)))).toEqual({});
});

async function bareProfile(context: Context, person = context.newPerson()): Promise<Profile> {
  const profile = await signInBare(context, person);
  if (!profile) throw new NotOffered('the target refuses a token that says no more than the subject');
  return profile;
}
