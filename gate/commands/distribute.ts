import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { distributeOptionsSchema } from '../../load/distribute/options.ts';
import { findK6 } from '../../load/k6.ts';
import { cacheFolder, type Surroundings } from '../config/read.ts';
import { UsageError } from '../errors.ts';
import { runChildProgram } from '../run/child-program.ts';
import { openRunFolder } from '../run/folder.ts';

interface DistributeFlags {
  readonly mode: string;
  readonly out: string;
  readonly parallelism: string;
  readonly workload?: string;
  readonly journey?: string;
  readonly rate?: string;
  readonly duration?: string;
  readonly baseUrl?: string;
  readonly namespace?: string;
  readonly peopleSecret?: string;
  readonly volumeClaim?: string;
  readonly prometheus?: string;
}

/** `assay load distribute`: what k6-operator needs to put load on from many pods, and the verdict back. */
export function addDistribute(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('load')
    .description('load from many machines')
    .command('distribute')
    .description(
      'write the k6 archive and the TestRun for k6-operator, read the verdict back, or run the segments here',
    )
    .option('--mode <mode>', 'write, read or local', 'write')
    .option('--out <folder>', 'the folder of the files', 'assay-load')
    .option('--parallelism <number>', 'pods', '2')
    .option('--workload <name>', 'default: average')
    .option('--journey <name>', 'default: snapshot')
    .option('--rate <number>', 'requests per second of all pods together')
    .option('--duration <seconds>', 'length of the run')
    .option('--base-url <url>', 'the provider as the pods see it')
    .option('--namespace <name>', 'default: default')
    .option('--people-secret <name>', 'a Secret with the tokens of the journeys that sign in')
    .option('--volume-claim <name>', 'a claim in the place of the ConfigMap')
    .option('--prometheus <url>', 'remote-write address')
    .action(async ({ duration, ...flags }: DistributeFlags) => {
      await using folder = await openRunFolder();
      const k6 = flags.mode === 'read' ? undefined : await locate(surroundings);
      const options = distributeOptionsSchema.safeParse({
        ...flags,
        ...(k6 ? { k6 } : {}),
        out: resolve(surroundings.cwd, flags.out),
        parallelism: Number(flags.parallelism),
        ...(flags.rate ? { rate: Number(flags.rate) } : {}),
        ...(duration ? { seconds: Number(duration) } : {}),
      });
      if (!options.success)
        throw new UsageError(`--${options.error.issues[0]?.path.join('.')}: ${options.error.issues[0]?.message}`);
      const file = join(folder.dir, 'distribute.json');
      await writeFile(file, JSON.stringify(options.data), { mode: 0o600 });
      finish(await runChildProgram('load/distribute/main.ts', [file]));
    });
}

const locate = async (surroundings: Surroundings): Promise<string> => {
  const k6 = await findK6({
    asked: surroundings.env.K6_BIN,
    searchPath: surroundings.env.PATH ?? '',
    cache: cacheFolder(surroundings),
    temporary: tmpdir(),
    tell: (line) => process.stderr.write(`${line}\n`),
  });
  return k6.path;
};
