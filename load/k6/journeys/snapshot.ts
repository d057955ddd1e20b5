import { snapshot as readAll } from '../endpoints/snapshot.ts';
import type { Journey } from '../journey.ts';

/** Somebody reads who is signed in. */
export const snapshot: Journey = (index) => readAll(index);
