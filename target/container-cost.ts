import type { Container } from './container-runtime.ts';
import { countOpenFiles } from './process-cost.ts';
import type { Cost } from './target.ts';

const NANOSECONDS = 1e9;

/** What a container costs so far, from the runtime's statistics. */
export async function readContainerCost(container: Container): Promise<Cost> {
  const { cpu_stats, memory_stats } = await container.stats({ stream: false, 'one-shot': true });
  const openFiles = await readOpenFiles(container);
  return {
    cpuSeconds: cpu_stats.cpu_usage.total_usage / NANOSECONDS,
    rssBytes: residentBytes(memory_stats.stats, memory_stats.usage),
    ...(openFiles === undefined ? {} : { openFiles }),
  };
}

// `usage` counts the page cache as well. cgroup v2 calls the rest `anon`, v1 `rss`.
const residentBytes = ({ anon, rss }: { anon?: number; rss?: number }, usage: number): number => anon ?? rss ?? usage;

// The runtime does not count them; its pids are this machine's where it runs without a virtual machine.
async function readOpenFiles(container: Container): Promise<number | undefined> {
  const { Titles, Processes } = await container.top({ ps_args: '-o pid' });
  const column = (Titles as string[]).indexOf('PID');
  const counts = (Processes as string[][]).map((row) => countOpenFiles(Number(row[column])));
  const known = counts.filter((count) => count !== undefined); // what was only passing by, a probe of its health, has ended
  return known.length > 0 ? known.reduce((total, count) => total + count, 0) : undefined;
}
