import { readdirSync, readFileSync } from 'node:fs';
import { type ProcessRow, readProcessTable } from './process-table.ts';
import type { Cost } from './target.ts';

/** Whether `readCost` works here: it reads /proc. */
export const canReadCost = process.platform === 'linux';

/** The kernel reports CPU time to user space in hundredths of a second on every architecture that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** What the process group and all descendants of its leader cost so far. CPU time includes children that have ended. */
export function readCost(leader: number): Required<Cost> {
  const costs = membersOf(leader, readProcessTable()).flatMap(({ pid }) => readOne(pid) ?? []);
  return {
    cpuSeconds: sum(costs.map((cost) => cost.cpuSeconds)),
    rssBytes: sum(costs.map((cost) => cost.rssBytes)),
    openFiles: sum(costs.map((cost) => cost.openFiles)),
  };
}

/** Open file descriptors of one process; undefined when it has ended or is not ours to look at. */
export function countOpenFiles(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}

function membersOf(leader: number, table: ProcessRow[]): ProcessRow[] {
  const members = new Set([leader, ...table.filter((row) => row.group === leader).map((row) => row.pid)]);
  for (let before = 0; before !== members.size; ) {
    before = members.size;
    for (const row of table) if (members.has(row.parent)) members.add(row.pid);
  }
  return table.filter((row) => members.has(row.pid) && !row.zombie);
}

function readOne(pid: number): Required<Cost> | undefined {
  const openFiles = countOpenFiles(pid);
  if (openFiles === undefined) return undefined;
  try {
    return { cpuSeconds: cpuSecondsOf(pid), rssBytes: readRssBytes(pid), openFiles };
  } catch {
    return undefined; // it ended meanwhile
  }
}

/** CPU time of a process and of its children that have ended, in seconds; 0 when it has ended itself. */
export function readCpuSeconds(pid: number): number {
  try {
    return cpuSecondsOf(pid);
  } catch {
    return 0;
  }
}

// utime, stime, cutime, cstime: fields 14 to 17 of proc_pid_stat(5); what follows the name starts with field 3.
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return sum(fields.slice(11, 15).map(Number)) / TICKS_PER_SECOND;
}

function readRssBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
