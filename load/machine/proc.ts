import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: the kernel reports CPU time to user space in hundredths of a second wherever Node runs. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of the whole machine so far, all cores together. Source: proc_stat(5). */
export interface MachineCpu {
  readonly total: number;
  readonly busy: number;
  /** Taken by the hypervisor for other machines. */
  readonly stolen: number;
}

/** Reads a /proc file; undefined where there is none: not Linux, or the process has ended. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

export function readMachineCpu(): MachineCpu | undefined {
  const line = read('/proc/stat')?.split('\n')[0];
  if (!line) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softirq = 0, stolen = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  const busy = user + nice + system + irq + softirq + stolen;
  return { total: busy + idle + wait, busy, stolen };
}

/** CPU seconds of one process, and the seconds its threads stood in the run queue: the scheduler's delay. */
export interface ProcessCpu {
  readonly cpuSeconds: number;
  readonly queuedSeconds: number;
}

export function readProcessCpu(pid: number): ProcessCpu | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  // utime and stime: fields 14 and 15 of proc_pid_stat(5); the first after the name, which may hold anything, is field 3.
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return { cpuSeconds: (user + system) / TICKS_PER_SECOND, queuedSeconds: queuedSecondsOf(pid) };
}

function queuedSecondsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map((task) => Number(read(`/proc/${pid}/task/${task}/schedstat`)?.split(' ')[1] ?? 0) / 1e9)
      .reduce((sum, seconds) => sum + seconds, 0);
  } catch {
    return 0;
  }
}

/** Local ports that new connections can still use; a closed one is kept back for a minute (TIME_WAIT). */
export function readFreePorts(): number | undefined {
  const [first, last] = read('/proc/sys/net/ipv4/ip_local_port_range')?.trim().split(/\s+/).map(Number) ?? [];
  const waiting = /^TCP: inuse (\d+) .* tw (\d+)/m.exec(read('/proc/net/sockstat') ?? '');
  if (first === undefined || last === undefined || !waiting) return undefined;
  return last - first + 1 - Number(waiting[1]) - Number(waiting[2]);
}
