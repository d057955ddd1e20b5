import type { Claims } from '../../target/claims.ts';
import type { Person } from '../../target/person.ts';
import { profileUnlessRefused } from './answers.ts';
import type { Context } from './context.ts';
import type { Profile } from './profile.ts';

/** Laid over the claims of both tokens, they say no more than the subject. */
export const NOTHING: Claims = {
  name: undefined,
  email: undefined,
  email_verified: undefined,
  picture: undefined,
  nickname: undefined,
};

/** What tokens say of a person, and a client is shown. */
export const SAID = ['name', 'email', 'picture', 'nickname'] as const;

/** Laid over the claims of both tokens, they say all but this. */
export const without = (claim: (typeof SAID)[number]): Claims => ({
  [claim]: undefined,
  ...(claim === 'email' && { email_verified: undefined }),
});

/** Signs somebody in by tokens that say nothing but the subject; undefined where the provider refuses such tokens. */
export async function signInBare(context: Context, person: Person = context.newPerson()): Promise<Profile | undefined> {
  const token = await context.mint.signIn(person, { claims: NOTHING });
  return profileUnlessRefused(await context.client.authenticate(token));
}
