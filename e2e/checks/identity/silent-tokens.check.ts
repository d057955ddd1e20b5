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

async function bareProfile(context: Context, person = context.newPerson()): Promise<Profile> {
  const profile = await signInBare(context, person);
  if (!profile) throw new NotOffered('the target refuses a token that says no more than the subject');
  return profile;
}
