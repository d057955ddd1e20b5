import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const COMPUTE = `
  const { parentPort, workerData } = require('node:worker_threads');
  const until = performance.now() + workerData;
  const before = process.threadCpuUsage();
  while (performance.now() < until);
  const { user, system } = process.threadCpuUsage(before);
  parentPort.postMessage((user + system) / 1e6);
`;

/**
 * Computes for so many milliseconds in a thread of our own, and tells how many seconds of a core it got: what the machine has to
 * give just now to whoever never rests.
 */
export async function secondsOfCoreGiven(ms: number): Promise<number> {
  const thread = new Worker(COMPUTE, { eval: true, workerData: ms });
  const [seconds] = await once(thread, 'message');
  return seconds;
}
