import { readFileSync } from 'node:fs';
import { readProcessTable } from './process-table.ts';

/**
 * The processes that were told a `DATA_DIR` in this folder: whatever a target forked inherits it, even where it left the
 * process group or outlived its leader. Reads /proc; where there is none, it finds nothing.
 */
export function findStragglers(dir: string): number[] {
  if (process.platform !== 'linux') return [];
  return readProcessTable().flatMap(({ pid, zombie }) =>
    !zombie && dataDirOf(pid)?.startsWith(`${dir}/`) ? [pid] : [],
  );
}

/** Kills them, and whatever they forked meanwhile. */
export function killStragglers(dir: string): number[] {
  const killed: number[] = [];
  for (let found = findStragglers(dir); found.length > 0; found = findStragglers(dir)) {
    for (const pid of found) kill(pid);
    killed.push(...found.filter((pid) => !killed.includes(pid)));
  }
  return killed;
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
