import { authenticate as signIn } from '../endpoints/authenticate.ts';
import type { Journey } from '../journey.ts';

/** Somebody signs in. */
export const authenticate: Journey = (index) => {
  signIn(index);
};
