import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Context } from '../../support/context.ts';
import { expectExplainedEach } from '../../support/history/expect-explained.ts';
import { Storm } from '../../support/history/storm.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { core } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

const ROUNDS = 4;
/** So many come again and leave at once, one after the other, and as many all together. */
const PAIRS = 32;
/** The disconnect is sent up to so many milliseconds after the sign-in: while it is verified, or saved. */
const GAP_MS = 8;

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

requirement(
  'USR-DUR-027',
  'all is as it was read when the provider is killed after comings and goings at once',
  { ...PROOF, needs: ['claims', 'fresh', 'kill'] },
  async (context) => {
    const own = await context.openOwn();
    const signedIn = await own.signInMany(2 * PAIRS);
    const pairs = await Promise.all(
      signedIn.map(async ({ person, profile }, at) => {
        const token = await context.mint.signIn({ ...person, name: context.newPerson().name });
        return () =>
          Promise.all([
            own.client.authenticate(token),
            sleep(at % GAP_MS).then(() => own.client.disconnect(profile.id)),
          ]);
      }),
    );

    for (const comeAndGo of pairs.slice(0, PAIRS)) await comeAndGo();
    await Promise.all(pairs.slice(PAIRS).map((comeAndGo) => comeAndGo()));
    const read = await readAll(own);
    await own.crash();
    await own.start();

    const found = await readAll(own);
    const lost = [...read.keys()].filter((id) => !found.has(id));
    const back = [...found.keys()].filter((id) => !read.has(id));
    expect({ lost, back }).toEqual({ lost: [], back: [] });
    expect(found).toEqual(read);
    context.measure('read', read.size);
  },
);

const readAll = async (own: OwnPlace) => new Map((await own.users()).map((user) => [user.id, core(user)]));
