import type { Context } from '../../support/context.ts';
import { expectExplainedEach, expectExplainedTogether } from '../../support/history/expect-explained.ts';
import { Storm } from '../../support/history/storm.ts';
import { requirement } from '../../support/requirement.ts';

/** Many short histories find more than one long one, and each is explained in no time. */
const HISTORIES = 12;
/** On a machine that is busy with other work, as many as begin within this time, in milliseconds, and two at least. */
const ENOUGH_MS = 60_000;

/** A history that no order explains is proof: there is nothing to run again. */
const PROOF = { once: true, timeoutMs: 240_000 } as const;

requirement(
  'USR-CONC-013',
  'some order explains what is seen of each user when eight clients mix all four',
  PROOF,
  (context) => eachStorm(context, ({ history, cast }) => expectExplainedEach(history, whoOf(cast))),
);

requirement('USR-CONC-014', 'some order explains all snapshots when eight clients mix all four', PROOF, (context) =>
  eachStorm(context, ({ history, cast }) => expectExplainedTogether(history, whoOf(cast))),
);

const whoOf = (cast: Storm['cast']): string[] => cast.map(({ who }) => who);

async function eachStorm(context: Context, judge: (storm: Storm) => void): Promise<void> {
  const startedAt = performance.now();
  const isEnough = (number: number) => number >= 2 && performance.now() - startedAt > ENOUGH_MS;
  for (let number = 0; number < HISTORIES && !isEnough(number); number += 1) {
    const storm = await Storm.prepare(context, context, { clients: 8, requests: 25, people: 3 });
    await storm.run(context.seed + number);
    await storm.readAll();
    judge(storm);
    context.measure('histories', number + 1);
  }
}
