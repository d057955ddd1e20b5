import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** No server needs as long for an answer on a machine that has a core to spare. */
export const PATIENT_MS = 20_000;

/** No server needs as long for an answer, however busy the machine. */
export const MOST_PATIENT_MS = 60_000;

/** Enough for a target that answers at all. */
const IMPATIENT_MS = 4_000;

const flag = (dir: string): string => join(dir, 'e2e', 'hangs');

/**
 * How long a request may take, in milliseconds: less from the moment on that a check was decided, or could not be, for want of
 * an answer. A stage that waits as long each time would never end.
 *
 * @param dir The run's temporary folder, which all workers share.
 */
export const patienceMs = (dir: string): number => (existsSync(flag(dir)) ? IMPATIENT_MS : PATIENT_MS);

/** Whether patience was lost with a target that had no time for an answer: from then on no wait proves anything. */
export const isWaitingVain = (dir: string): boolean =>
  existsSync(flag(dir)) && readFileSync(flag(dir), 'utf8') === 'starved';

/** Whether a request that took so long was given up and not refused. */
export const wasGivenUp = (durationMs: number): boolean => durationMs >= IMPATIENT_MS;

/** A check has got no answer as often as it takes: the target hangs, that is proven, or it was starved of time. The first one tells. */
export function losePatience(dir: string, why: 'hangs' | 'starved'): void {
  mkdirSync(join(dir, 'e2e'), { recursive: true });
  if (!existsSync(flag(dir))) writeFileSync(flag(dir), why);
}
