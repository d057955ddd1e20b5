import { cpus } from 'node:os';

/** From this share on no core is to spare: an answer that does not come may be one that the machine had no time for. */
export const NO_CORE_TO_SPARE = 0.9;

interface CpuTimes {
  readonly busyMs: number;
  readonly totalMs: number;
}

/** Of all cores together. Time in which a core waits for a disk is not counted at all. */
function readCpuTimes(): CpuTimes {
  const cores = cpus().map(({ times }) => times);
  const busyMs = cores.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
  return { busyMs, totalMs: busyMs + cores.reduce((sum, { idle }) => sum + idle, 0) };
}

/** Begins to look at the cores of this machine; the function tells the share of their time that was used since, 0 to 1. */
export function watchBusyShare(): () => number {
  const before = readCpuTimes();
  return () => {
    const { busyMs, totalMs } = readCpuTimes();
    return totalMs > before.totalMs ? (busyMs - before.busyMs) / (totalMs - before.totalMs) : 0;
  };
}
