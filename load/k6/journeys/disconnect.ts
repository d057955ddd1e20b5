import { authenticate as signIn } from '../endpoints/authenticate.ts';
import { disconnect as signOut } from '../endpoints/disconnect.ts';
import type { Journey } from '../journey.ts';

/** Somebody signs in and out again: the run leaves nobody behind, and each sign-out has a user to remove. */
export const disconnect: Journey = (index) => {
  const id = signIn(index);
  if (id !== undefined) signOut(id, index);
};
