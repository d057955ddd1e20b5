import { availableParallelism, loadavg } from 'node:os';
import { readCpuSeconds } from '../../target/process-cost.ts';
import { findTargetProcesses } from '../../target/stragglers.ts';

/** What is known of the machine and of the target's processes over a span of time. */
export interface Starvation {
  /** How many tasks wanted each core: 1 where each had one to itself. */
  readonly crowd: number;
  /** How much of a core the target had, 1 for one core all the time; undefined where nobody can tell. */
  readonly targetShare: number | undefined;
}

/** Where as many tasks want each core, the minute of our patience is worth less than eight seconds of a core: many a sign-in at once takes that. */
const CROWDED = 8;

/**
 * Whether a request that was given up proves nothing: in such a crowd the target got too little of the cores, and it used what
 * it got. A target that sleeps in a crowd hangs. Below that a request that hangs is not told from others that keep a target at work.
 */
export const isStarved = ({ crowd, targetShare }: Starvation): boolean =>
  crowd > CROWDED && (targetShare === undefined || targetShare > 1 / (2 * crowd));

/**
 * Begins to look; the function tells what was seen since. The crowd is that of the last minute, as the system counts it.
 *
 * @param dir The run's temporary folder, by which the target's processes are known.
 */
export function watchStarvation(dir: string): () => Starvation {
  const startedAt = performance.now();
  const before = readCpuTimes(dir);
  return () => {
    const used = [...readCpuTimes(dir)].map(([pid, seconds]) => seconds - (before.get(pid) ?? 0));
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      crowd: loadavg()[0]! / availableParallelism(),
      targetShare: used.length > 0 ? used.reduce((sum, one) => sum + one, 0) / seconds : undefined,
    };
  };
}

/** CPU seconds by process. */
const readCpuTimes = (dir: string): Map<number, number> =>
  new Map(findTargetProcesses(dir).map((pid) => [pid, readCpuSeconds(pid)]));
