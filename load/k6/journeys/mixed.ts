import { lookup } from '../endpoints/lookup.ts';
import { snapshot } from '../endpoints/snapshot.ts';
import type { Journey } from '../journey.ts';
import { disconnect } from './disconnect.ts';

/** A usual day: of five visits three read who is signed in, one reads one user, and one signs in and out. */
export const mixed: Journey = (index) => {
  const visit = index % 5;
  if (visit === 0) disconnect(index / 5);
  else if (visit === 1) lookup(index);
  else snapshot(index);
};
