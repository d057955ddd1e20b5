import { readdirSync, readFileSync } from 'node:fs';
import { execaSync } from 'execa';

/** A process of this machine. The start time tells it from a later one that got the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Comparable only between two readings on one machine. */
  readonly startedAt: string;
}

export interface ProcessRow extends ProcessIdentity {
  readonly parent: number;
  readonly group: number;
  /** It has ended and nobody has collected its exit code yet: it counts as gone. */
  readonly zombie: boolean;
}

const hasProc = process.platform === 'linux';

/** Every process of this machine that we may see, zombies included. */
export function readProcessTable(): ProcessRow[] {
  if (!hasProc) return parsePs(execaSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart=']).stdout);
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcRow(Number(name)) ?? []) : []));
}

/** The process of this pid, or undefined when there is none. */
export function findProcess(pid: number): ProcessRow | undefined {
  return hasProc ? readProcRow(pid) : readProcessTable().find((row) => row.pid === pid);
}

/** Whether this very process still runs. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  const row = findProcess(pid);
  return row !== undefined && !row.zombie && row.startedAt === startedAt;
}

// proc_pid_stat(5). The second field is the name in brackets and may itself hold blanks and brackets.
function readProcRow(pid: number): ProcessRow | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      pid,
      parent: Number(parent),
      group: Number(group),
      zombie: state === 'Z' || state === 'X',
      startedAt: rest[16]!,
    };
  } catch {
    return undefined; // it ended meanwhile
  }
}

/** Reads the output of `ps -o pid=,ppid=,pgid=,stat=,lstart=`, where there is no /proc. */
export function parsePs(output: string): ProcessRow[] {
  return output.split('\n').flatMap((line) => {
    const [pid, parent, group, state, ...startedAt] = line.trim().split(/\s+/);
    if (!pid || !state) return [];
    const zombie = state.startsWith('Z');
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), zombie, startedAt: startedAt.join(' ') }];
  });
}
