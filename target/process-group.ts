import { setTimeout as sleep } from 'node:timers/promises';
import { readProcessTable } from './process-table.ts';

const POLL_MS = 20;

/** Sends a signal to every process of the group. A group that has ended already is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether a process of the group still runs. */
export const isGroupAlive = (group: number): boolean =>
  readProcessTable().some((row) => row.group === group && !row.zombie);

/** Waits until no process of the group runs; false when one still does after that time. Nobody is told when a grandchild ends, hence the polling. */
export async function waitForGroupEnd(group: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isGroupAlive(group)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
