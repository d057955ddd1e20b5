import { expect, test } from '@jest/globals';
import { readContainerCost } from './container-cost.ts';
import type { Container } from './container-runtime.ts';
import { canReadCost, countOpenFiles } from './process-cost.ts';

/** No process has it: pids end at 2^22 on Linux. */
const ENDED = 2 ** 22 + 1;
const readable = canReadCost ? test : test.skip;

readable('what had ended between the list and the look is no open file, and hides none', async () => {
  const { openFiles } = await readContainerCost(containerOf([ENDED, process.pid]));

  expect(openFiles).toBeGreaterThan(0);
  expect(openFiles).toBeLessThan(2 * countOpenFiles(process.pid)!);
});

test('nobody knows the open files where no process can be looked at', async () => {
  await expect(readContainerCost(containerOf([ENDED]))).resolves.toEqual({ cpuSeconds: 2, rssBytes: 1024 });
});

/** As the runtime describes a container in which these processes run. */
function containerOf(pids: number[]): Container {
  const container: Pick<Container, 'stats' | 'top'> = {
    stats: async () => ({ cpu_stats: { cpu_usage: { total_usage: 2e9 } }, memory_stats: { stats: { anon: 1024 } } }),
    top: async () => ({ Titles: ['PID'], Processes: pids.map((pid) => [String(pid)]) }),
  } as never;
  return container as Container;
}
