import type { Place } from './place.ts';

/** For checks of many requests at once: a race that shows itself once is one, however well it hides from a second run. */
export const RACE = { once: true } as const;

/** Sends what `work` begins with. */
export type Send = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Runs a race in two ways: its requests come as fast as they can be made, then all in one moment. Where each takes longer to be made
 * than to be answered they never meet at the server the first way, and where it takes them up one by one they may not the second.
 *
 * @param times How often in each way: where it takes luck that two requests meet.
 */
export async function race(place: Place, run: (send: Send) => Promise<void>, times = 1): Promise<void> {
  await place.signIn(); // who comes first may wait for the issuer's keys, and a crowd that waits with them may be too much
  for (let time = 0; time < times; time += 1) {
    await run((work) => work());
    await run((work) => place.volley(work));
  }
}
