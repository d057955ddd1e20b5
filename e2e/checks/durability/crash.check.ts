import { expect } from '@jest/globals';
import { profileOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { CrashOnAnswers } from '../../support/crash.ts';
import { type Crash, crashAmidWrites } from '../../support/crashes.ts';
import { core } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

/** What a crash lost is proof: there is nothing to run again. */
const PROOF = { needs: ['claims', 'fresh', 'kill'], once: true, timeoutMs: 240_000 } as const;

let crashes: Promise<Crash[]> | undefined;

/** Twenty crashes, each right after an answered sign-in and disconnect. A start of the target is dear: all look at the same. */
function twentyCrashes(context: Context): Promise<Crash[]> {
  crashes ??= crashAmidWrites(context, 20);
  return crashes;
}

requirement(
  'USR-DUR-002',
  'no user is lost when the provider is killed right after a sign-in',
  PROOF,
  async (context) => {
    const observed = await twentyCrashes(context);

    for (const [at, { listed }] of observed.entries()) {
      const answered = observed.slice(0, at + 1).flatMap(({ signedIn }) => signedIn.map(({ id }) => id));
      const ids = new Set(listed.map(({ id }) => id));
      expect({ crash: at + 1, lost: answered.filter((id) => !ids.has(id)) }).toEqual({ crash: at + 1, lost: [] });
    }
  },
);

requirement(
  'USR-DUR-003',
  'no user is back when the provider is killed right after a disconnect',
  PROOF,
  async (context) => {
    const observed = await twentyCrashes(context);

    for (const [at, { listed }] of observed.entries()) {
      const gone = new Set(observed.slice(0, at + 1).flatMap(({ disconnected }) => disconnected));
      const back = listed.map(({ id }) => id).filter((id) => gone.has(id));
      expect({ crash: at + 1, back }).toEqual({ crash: at + 1, back: [] });
    }
  },
);

requirement(
  'USR-DUR-005',
  'the provider starts and takes sign-ins when it was killed amid writes',
  PROOF,
  async (context) => {
    const observed = await twentyCrashes(context);

    expect(observed).toHaveLength(20);
  },
);

requirement(
  'USR-DUR-011',
  'each user has the id and profile of its sign-in when there was a crash',
  PROOF,
  async (context) => {
    const observed = await twentyCrashes(context);

    for (const { signedIn, listed } of observed) {
      const found = signedIn.map(({ id }) => listed.filter((user) => user.id === id).map(core));
      expect(found).toEqual(signedIn.map((profile) => [core(profile)]));
    }
  },
);

requirement(
  'USR-DUR-012',
  'a profile is as last answered when the provider is killed right after',
  PROOF,
  async (context) => {
    const own = await context.openOwn();
    const { person } = await own.signIn();

    for (let round = 1; round <= 3; round += 1) {
      const token = await context.mint.signIn({ ...person, name: `Ada before crash ${round}` });
      const crash = new CrashOnAnswers(own, ['sign-in']);
      const answer = await crash.answerTo('sign-in', own.client.authenticate(token));
      const profile = profileOf(answer!);
      await crash.done();
      await own.start();

      expect({ round, found: core(await own.user(profile.id)) }).toEqual({ round, found: core(profile) });
    }
  },
);

requirement(
  'USR-DUR-023',
  'all is as last answered when the provider is killed after so many writes',
  PROOF,
  async (context) => {
    const own = await context.openOwn();
    const regulars = (await own.signInMany(REGULARS)).map(({ person }) => person);
    await own.restart();
    const told = new Map((await own.users()).map((user) => [user.id, core(user)]));

    for (const writes of LIVES) {
      let newest: string | undefined;
      for (let write = 1; write <= writes; write += 1) {
        // Every eighth is somebody new, every 24th goes again: the rest are changes of those who stay.
        if (write % 24 === 0 && newest !== undefined) {
          await own.disconnect(newest);
          told.delete(newest);
          newest = undefined;
        } else {
          const isNew = write % 8 === 0;
          const person = isNew ? context.newPerson() : regulars[write % regulars.length]!;
          const { profile } = await own.signIn({ ...person, name: `Ada ${writes} ${write}` });
          told.set(profile.id, core(profile));
          if (isNew) newest = profile.id;
        }
      }
      await own.crash();
      await own.start();

      const found = new Map((await own.users()).map((user) => [user.id, core(user)]));
      for (const [id, profile] of told)
        expect({ writes, id, found: found.get(id) }).toEqual({ writes, id, found: profile });
      expect({ writes, count: found.size }).toEqual({ writes, count: told.size });
    }
  },
);

/** So many that whoever one write loses is not soon written again. */
const REGULARS = 48;
/** Writes in each life: batches are of such sizes, and compactions come after so many. */
const LIVES = [16, 32, 50, 64, 100, 128];
