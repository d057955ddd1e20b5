import { lookup as readOne } from '../endpoints/lookup.ts';
import type { Journey } from '../journey.ts';

/** Somebody reads one user. */
export const lookup: Journey = (index) => readOne(index);
