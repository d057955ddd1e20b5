import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** No server needs as long for an answer on a machine that has a core to spare. */
export const PATIENT_MS = 20_000;

/** No server needs as long for an answer, however busy the machine. */
export const MOST_PATIENT_MS = 60_000;

/** Enough for a target that answers at all. */
const IMPATIENT_MS = 4_000;

const flag = (dir: string): string => join(dir, 'e2e', 'hangs');

/**
 * How long a request may take, in milliseconds: less from the moment on that a check has failed, twice, for want of an
 * answer. The target hangs, that is proven, and a stage that waits for each further proof would never end.
 *
 * @param dir The run's temporary folder, which all workers share.
 */
export const patienceMs = (dir: string): number => (existsSync(flag(dir)) ? IMPATIENT_MS : PATIENT_MS);

/** Whether a request that took so long was given up and not refused. */
export const wasGivenUp = (durationMs: number): boolean => durationMs >= IMPATIENT_MS;

/** A check has failed, twice, for want of an answer. */
export function losePatience(dir: string): void {
  mkdirSync(join(dir, 'e2e'), { recursive: true });
  writeFileSync(flag(dir), '');
}
