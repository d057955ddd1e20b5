import { setTimeout as sleep } from 'node:timers/promises';
import { readProcessTable } from './process-table.ts';

const POLL_MS = 5;
/** Every so many polls the process table is read: costly, and only it tells a zombie that nobody collects. */
const POLLS_A_READING = 20;

/** Sends a signal to every process of the group. A group that has ended already is no error: false. */
export const signalGroup = (group: number, signal: NodeJS.Signals | 0): boolean => send(-group, signal);

/** Sends a signal to the process that leads the group. One that has ended already is no error: false. */
export const signalLeader = (group: number, signal: NodeJS.Signals): boolean => send(group, signal);

/** Sends a signal to every process of the group but its leader. */
export function signalFollowers(group: number, signal: NodeJS.Signals): void {
  for (const { pid } of readProcessTable().filter((row) => row.group === group && row.pid !== group)) send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

/** Whether a process of the group still runs. */
export const isGroupAlive = (group: number): boolean =>
  readProcessTable().some((row) => row.group === group && !row.zombie);

function mayBeAlive(group: number): boolean {
  try {
    return signalGroup(group, 0);
  } catch {
    return true; // it may not be signalled: macOS says so of a zombie
  }
}

/** Waits until no process of the group runs; false when one still does after that time. Nobody is told when a grandchild ends, hence the polling. */
export async function waitForGroupEnd(group: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (let polls = 1; mayBeAlive(group); polls += 1) {
    if (polls % POLLS_A_READING === 0 && !isGroupAlive(group)) return true;
    if (performance.now() > deadline) return !isGroupAlive(group);
    await sleep(POLL_MS);
  }
  return true;
}
