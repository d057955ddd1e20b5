import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readProcessTable } from './process-table.ts';

const POLL_MS = 10;
const PATIENCE_MS = 5000;

/**
 * The processes that were told a `DATA_DIR` in this folder: whatever a target forked inherits it, even where it left the
 * process group or outlived its leader. Reads /proc; where there is none, it finds nothing.
 */
export function findTargetProcesses(dir: string): number[] {
  if (process.platform !== 'linux') return [];
  return readProcessTable().flatMap(({ pid, zombie }) =>
    !zombie && dataDirOf(pid)?.startsWith(`${dir}/`) ? [pid] : [],
  );
}

/** Kills them, and whatever they forked meanwhile. Resolves to the pids when all have ended. */
export async function killStragglers(dir: string): Promise<number[]> {
  const killed = new Set<number>();
  const deadline = performance.now() + PATIENCE_MS;
  for (let found = findTargetProcesses(dir); found.length > 0; found = findTargetProcesses(dir)) {
    for (const pid of found) kill(pid);
    for (const pid of found) killed.add(pid);
    if (performance.now() > deadline) break; // it hangs in the kernel: nothing more can be done
    await sleep(POLL_MS);
  }
  return [...killed];
}

function dataDirOf(pid: number): string | undefined {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return environment.find((entry) => entry.startsWith('DATA_DIR='))?.slice('DATA_DIR='.length);
  } catch {
    return undefined; // it ended meanwhile, or is not ours to read
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
