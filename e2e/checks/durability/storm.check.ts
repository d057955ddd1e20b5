import type { Context } from '../../support/context.ts';
import { expectExplainedEach } from '../../support/history/expect-explained.ts';
import { Storm } from '../../support/history/storm.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { requirement } from '../../support/requirement.ts';

const ROUNDS = 4;

/** A history that no order explains is proof: there is nothing to run again. */
const PROOF = { once: true, timeoutMs: 240_000 } as const;

requirement(
  'USR-DUR-004',
  'some order explains what is there when storms end in a crash',
  { ...PROOF, needs: ['claims', 'fresh', 'kill'] },
  (context) => endStorms(context, (own) => own.crash()),
);

requirement(
  'USR-DUR-016',
  'some order explains what is there when storms end in SIGTERM',
  { ...PROOF, needs: ['claims', 'fresh', 'restart'] },
  (context) => endStorms(context, (own) => own.terminate()),
);

/** One history over several lives of a target: each begins with what the one before left behind. */
async function endStorms(context: Context, end: (own: OwnPlace) => Promise<void>): Promise<void> {
  const own = await context.openOwn();
  const storm = await Storm.prepare(context, own, { clients: 6, requests: 20, people: 3 });

  for (let round = 0; round < ROUNDS; round += 1) {
    await storm.runInto(() => end(own), { seed: context.seed + round, answers: 15 + 15 * round });
    await own.start();
    await storm.readAll();
  }

  expectExplainedEach(
    storm.history,
    storm.cast.map(({ who }) => who),
  );
}
