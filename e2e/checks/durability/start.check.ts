import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { NoAnswerError } from '../../../target/http.ts';
import { usersOf } from '../../support/answers.ts';
import { eventually } from '../../support/eventually.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { requirement } from '../../support/requirement.ts';

const PROOF = { needs: ['claims', 'fresh', 'kill'], once: true, timeoutMs: 240_000 } as const;

requirement('USR-DUR-006', 'no user is lost when the provider crashes while it starts', PROOF, async (context) => {
  const own = await context.openOwn();
  const ids = (await own.signInMany(20)).map(({ profile }) => profile.id);
  const before = await own.view(...ids);

  await own.crash();
  const began = performance.now();
  await own.start();
  const startMs = performance.now() - began;
  await own.crash();
  // One in each sixth of a start and a half on this machine: what a start writes, it may write when it is ready.
  const moments = fc
    .sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: context.seed, numRuns: 6 })
    .map((share, sixth) => ((sixth + share) / 6) * 1.5 * startMs);
  for (const afterMs of moments) await crashWhileStarting(own, afterMs);
  await own.start();

  expect(await own.view(...ids)).toEqual(before);
});

requirement('USR-DUR-013', 'no snapshot lacks a user when the provider is starting', PROOF, async (context) => {
  const own = await context.openOwn();
  const ids = (await own.signInMany(100)).map(({ profile }) => profile.id);

  for (const end of [() => own.terminate(), () => own.crash()]) {
    await end();
    const starting = own.start();
    const snapshots = await snapshotsUntil(own, starting);
    for (const listed of snapshots) expect(ids.filter((id) => !listed.has(id))).toEqual([]);
  }
});

/** The moment of a crash is drawn, in milliseconds after the process is there. It may be ready by then, or not. */
async function crashWhileStarting(own: OwnPlace, afterMs: number): Promise<void> {
  const starting = own.target.start().catch((error: unknown) => error);
  await eventually(async () => own.target.isRunning(), Boolean);
  await sleep(afterMs);
  if (own.target.isRunning()) await own.crash();
  await starting;
}

/** Reads as fast as it can while the provider starts, and once when it has: the ids of every snapshot that was answered. */
async function snapshotsUntil(own: OwnPlace, started: Promise<void>): Promise<Set<string>[]> {
  const snapshots: Set<string>[] = [];
  let starting = true;
  const done = started.finally(() => {
    starting = false;
  });
  do {
    const answer = await own.client.snapshot().catch((error: unknown) => {
      if (error instanceof NoAnswerError) return undefined; // it does not listen yet
      throw error;
    });
    if (answer?.status === 200) snapshots.push(new Set(usersOf(answer).map(({ id }) => id)));
  } while (starting);
  await done;
  snapshots.push(new Set((await own.users()).map(({ id }) => id)));
  return snapshots;
}
