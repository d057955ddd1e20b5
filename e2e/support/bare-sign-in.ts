import type { Person } from '../../target/person.ts';
import { profileUnlessRefused } from './answers.ts';
import type { Context } from './context.ts';
import type { Profile } from './profile.ts';

const NOTHING = { name: undefined, email: undefined, picture: undefined, nickname: undefined };

/** Signs somebody in by tokens that say nothing but the subject; undefined where the provider refuses such tokens. */
export async function signInBare(context: Context, person: Person = context.newPerson()): Promise<Profile | undefined> {
  const token = await context.mint.signIn(person, { claims: NOTHING });
  return profileUnlessRefused(await context.client.authenticate(token));
}
