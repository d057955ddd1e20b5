import { tmpdir } from 'node:os';
import Table from 'cli-table3';
import type { Command } from 'commander';
import pc from 'picocolors';
import { findToxiproxy } from '../../e2e/support/faults/toxiproxy/find.ts';
import { findK6 } from '../../load/k6.ts';
import { cacheFolder, type Surroundings } from '../config/read.ts';
import { EXIT } from '../errors.ts';
import { type Tool, takeInventory } from '../tools/inventory.ts';

/** `assay doctor`: every tool, its version, where it is, and what its absence costs. Exits 2 when the main job cannot run whole. */
export function addDoctor(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('doctor')
    .description('list every tool Assay uses: version, where found, what is missing and what that costs')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const tools = [await k6(surroundings), await toxiproxy(surroundings), ...(await takeInventory())];
      process.stdout.write(json ? `${JSON.stringify(tools, null, 2)}\n` : `${table(tools)}\n`);
      finish(tools.some((tool) => tool.needed && tool.version === undefined) ? EXIT.inconclusive : EXIT.ship);
    });
}

async function k6(surroundings: Surroundings): Promise<Tool> {
  const about = { name: 'k6', needed: false };
  try {
    const found = await findK6({
      asked: surroundings.env.K6_BIN,
      searchPath: surroundings.env.PATH ?? '',
      cache: cacheFolder(surroundings),
      temporary: tmpdir(),
      mayGet: false,
    });
    return { ...about, version: found.version, where: `${found.path} (${found.from})`, cost: 'no load stage' };
  } catch {
    const cost =
      'not there yet: the first load stage builds it with Go (two minutes, once) or takes the grafana/k6 image';
    return { ...about, cost };
  }
}

async function toxiproxy(surroundings: Surroundings): Promise<Tool> {
  const about = { name: 'Toxiproxy', needed: false };
  try {
    const found = await findToxiproxy({
      searchPath: surroundings.env.PATH ?? '',
      cache: cacheFolder(surroundings),
      mayBuild: false,
    });
    return { ...about, version: found.version, where: `${found.path} (${found.from})`, cost: 'no bad links' };
  } catch {
    const cost = 'not there yet: the first e2e stage builds it with Go, or skips the checks that need a bad link';
    return { ...about, cost };
  }
}

function table(tools: readonly Tool[]): string {
  const rows = new Table({
    head: ['tool', 'version', 'where, or what its absence costs'],
    style: { head: [], border: [] },
  });
  for (const { name, version, where, cost } of tools) {
    rows.push(version ? [name, pc.green(version), where ?? ''] : [name, pc.yellow('missing'), cost]);
  }
  return rows.toString();
}
