import { lookup } from '../endpoints/lookup.ts';
import { snapshot } from '../endpoints/snapshot.ts';
import type { Journey } from '../journey.ts';
import { disconnect } from './disconnect.ts';

/** A usual day: of ten visits seven read who is signed in, two read one user, and one signs in and out. */
export const mixed: Journey = (index) => {
  const visit = index % 10;
  if (visit === 0) disconnect(index / 10);
  else if (visit <= 2) lookup(index);
  else snapshot(index);
};
