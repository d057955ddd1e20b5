import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { readCpuSeconds } from '../../target/process-cost.ts';
import { findTargetProcesses } from '../../target/stragglers.ts';
import { MOST_PATIENT_MS, PATIENT_MS } from './patience.ts';

/** What is known of the machine and of the target over a span of time. */
export interface Starvation {
  /** How many tasks wanted each core: 1 where each had one to itself. */
  readonly crowd: number;
  /** How much of a core the target had, 1 for one core all the time; undefined where nobody can tell. */
  readonly targetShare: number | undefined;
  /** Whether somebody has signed in lately: whoever queues up behind others hangs no more than they. */
  readonly movesOn: boolean;
}

/** Where more tasks want each core, the minute of our last patience is worth less than the twenty seconds of the first. */
const CROWDED = MOST_PATIENT_MS / PATIENT_MS;
/** In milliseconds. */
const LATELY = 30_000;

/**
 * Whether a request that was given up proves nothing: in such a crowd the target got too little of the cores, it used what it
 * got, and came on with it. A target that sleeps in a crowd hangs, and so does one that reads keep at work and that lets nobody in.
 */
export const isStarved = ({ crowd, targetShare, movesOn }: Starvation): boolean =>
  crowd > CROWDED && movesOn && (targetShare === undefined || targetShare > 1 / (2 * crowd));

const mark = (dir: string): string => join(dir, 'e2e', 'signed-in');

/** Somebody has signed in. */
export function noteSignIn(dir: string): void {
  mkdirSync(join(dir, 'e2e'), { recursive: true });
  writeFileSync(mark(dir), '');
}

/**
 * Begins to look; the function tells what was seen since. The crowd is that of the last minute, as the system counts it.
 *
 * @param dir The run's temporary folder, by which the target's processes are known, and which all workers share.
 */
export function watchStarvation(dir: string): () => Starvation {
  const startedAt = performance.now();
  const before = readCpuTimes(dir);
  return () => {
    const used = [...readCpuTimes(dir)].map(([pid, seconds]) => seconds - (before.get(pid) ?? 0));
    const seconds = (performance.now() - startedAt) / 1000;
    const signedInAt = statSync(mark(dir), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return {
      crowd: loadavg()[0]! / availableParallelism(),
      targetShare: used.length > 0 ? used.reduce((sum, one) => sum + one, 0) / seconds : undefined,
      movesOn: Date.now() - signedInAt < LATELY,
    };
  };
}

/** CPU seconds by process. */
const readCpuTimes = (dir: string): Map<number, number> =>
  new Map(findTargetProcesses(dir).map((pid) => [pid, readCpuSeconds(pid)]));
