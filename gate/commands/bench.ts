import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { execa } from 'execa';
import { benchOptionsSchema } from '../../load/bench/options.ts';
import { findK6 } from '../../load/k6.ts';
import { targetLabel } from '../config/options.ts';
import { cacheFolder, readConfig, type Surroundings } from '../config/read.ts';
import { UsageError } from '../errors.ts';
import { runChildProgram } from '../run/child-program.ts';
import { openRunFolder } from '../run/folder.ts';
import { openTokens } from '../run/tokens.ts';

interface BenchFlags {
  readonly provider?: string;
  readonly providerCommand?: readonly string[];
  readonly issuerUrl?: string;
  readonly users: string;
  readonly limit: string;
  readonly seconds: string;
  readonly most: string;
  readonly out?: string;
}

/** `assay bench`: the capacity of targets, side by side in one interleaved run with a bare server. */
export function addBench(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('bench')
    .description('find the highest rate that meets the budget, beside a bare node:http server with the same bytes')
    .option('--provider <url>', 'a running provider (with --issuer-url)')
    .option('--provider-command <command...>', 'commands that start providers: several are measured side by side')
    .option('--issuer-url <url>', 'for --provider: the issuer it trusts')
    .option('--users <list>', 'users in the snapshot, e.g. 10,1000', '10')
    .option('--limit <ms>', 'the budget: 99 % of the requests take no longer', '100')
    .option('--seconds <number>', 'length of each trial', '3')
    .option('--most <rate>', 'requests per second never to go beyond', '20000')
    .option('--out <file>', 'write the figures as JSON')
    .action(async (flags: BenchFlags) => {
      const configs = readTargets(flags, surroundings);
      await using folder = await openRunFolder();
      const k6 = await findK6({
        asked: surroundings.env.K6_BIN,
        searchPath: surroundings.env.PATH ?? '',
        cache: cacheFolder(surroundings),
        temporary: tmpdir(),
        tell: (line) => process.stderr.write(`${line}\n`),
      });
      await using tokens = flags.provider ? await openTokens(configs[0] as (typeof configs)[number]) : undefined;
      const wrk = await execa('which', ['wrk'], { reject: false });
      const options = benchOptionsSchema.safeParse({
        k6: k6.path,
        ...(wrk.stdout ? { wrk: wrk.stdout } : {}),
        dir: folder.dir,
        targets: configs.map((config) => ({ name: targetLabel(config), spec: config.target })),
        ...(tokens ? { tokens: tokens.source } : {}),
        users: flags.users.split(',').map(Number),
        limitMs: Number(flags.limit),
        seconds: Number(flags.seconds),
        most: Number(flags.most),
        ...(flags.out ? { out: resolve(surroundings.cwd, flags.out) } : {}),
      });
      if (!options.success)
        throw new UsageError(
          `bench: --${options.error.issues[0]?.path.join('.')}: ${options.error.issues[0]?.message}`,
        );
      const file = join(folder.dir, 'bench.json');
      await writeFile(file, JSON.stringify(options.data), { mode: 0o600 });
      finish(await runChildProgram('load/bench/main.ts', [file]));
    });
}

function readTargets({ provider, providerCommand = [], issuerUrl }: BenchFlags, surroundings: Surroundings) {
  if (provider) return [readConfig({ provider, ...(issuerUrl ? { issuerUrl } : {}) }, surroundings)];
  if (providerCommand.length === 0) return [readConfig({}, surroundings)];
  return providerCommand.map((command) => readConfig({ providerCommand: command }, surroundings));
}
