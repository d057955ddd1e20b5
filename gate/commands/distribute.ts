import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  type DistributeOptions,
  distributeOptionsSchema,
  refuseJourney,
  refuseParallelism,
} from '../../load/distribute/options.ts';
import { refuseLoad } from '../../load/safety.ts';
import { explain, list, whole } from '../config/flags.ts';
import type { Surroundings } from '../config/read.ts';
import { checkBudgets } from '../config/stage-options.ts';
import { UsageError } from '../errors.ts';
import { runChildProgram } from '../run/child-program.ts';
import { openRunFolder } from '../run/folder.ts';
import { requireK6 } from '../tools/k6.ts';

interface DistributeFlags {
  readonly mode: string;
  readonly out: string;
  readonly parallelism: string;
  readonly rate?: string;
  readonly duration?: string;
  readonly budgets?: string;
  readonly allowRemoteLoad?: string;
  readonly people?: string;
  readonly workload?: string;
  readonly journey?: string;
  readonly baseUrl?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly separate?: boolean;
  readonly peopleSecret?: string;
  readonly volumeClaim?: string;
  readonly prometheus?: string;
  readonly json?: boolean;
}

/** `assay load distribute`: what k6-operator needs to put load on from many pods, and the verdict back. */
export function addDistribute(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('load')
    .description('load from many machines')
    .command('distribute')
    .description('write the k6 archive and the TestRun for k6-operator, read the verdict back, or try both here')
    .option('--mode <mode>', 'write, read (the verdict, with kubectl) or local (run the segments here)', 'write')
    .option('--out <folder>', 'the folder of the files', 'assay-load')
    .option('--parallelism <number>', 'pods', '2')
    .option('--workload <name>', 'smoke, average, stress, spike, soak or breakpoint (default: average)')
    .option('--journey <name>', 'snapshot, authenticate, lookup, disconnect or mixed (default: snapshot)')
    .option('--rate <number>', 'iterations per second of all pods together')
    .option('--duration <seconds>', 'length of the run')
    .option('--base-url <url>', 'the provider as the pods see it (default: http://provider:1000)')
    .option('--budgets <file>', 'budgets in the place of load/budgets.json')
    .option('--name <name>', 'name of the TestRun (default: assay-load)')
    .option('--namespace <name>', 'default: default')
    .option('--separate', 'each pod on a node of its own: there must be as many nodes')
    .option('--people-secret <name>', 'a Secret with the tokens of the journeys that sign in')
    .option('--people <file>', 'local: what the Secret holds, as a file')
    .option('--volume-claim <name>', 'a claim in the place of the ConfigMap')
    .option('--prometheus <url>', 'remote-write address, as the pods see it')
    .option('--allow-remote-load <hosts>', 'local: hosts beside this machine that may be put under load')
    .option('--json', 'print the checks as JSON')
    .action(async (flags: DistributeFlags) => {
      const options = readOptions(flags, surroundings);
      await checkBudgets({ load: options });
      await using folder = await openRunFolder();
      const k6 = options.mode === 'read' ? undefined : await requireK6(surroundings);
      const file = join(folder.dir, 'distribute.json');
      await writeFile(file, JSON.stringify({ ...options, k6 }), { mode: 0o600 });
      finish(await runChildProgram('load/distribute/main.ts', [file]));
    });
}

function readOptions(flags: DistributeFlags, { cwd }: Surroundings): DistributeOptions {
  const { out, parallelism, rate, duration, budgets, people, allowRemoteLoad, ...rest } = flags;
  const parsed = distributeOptionsSchema.safeParse({
    ...rest,
    out: resolve(cwd, out),
    parallelism: whole('--parallelism', parallelism),
    ...(rate === undefined ? {} : { rate: whole('--rate', rate) }),
    ...(duration === undefined ? {} : { seconds: whole('--duration', duration) }),
    ...(budgets === undefined ? {} : { budgets: resolve(cwd, budgets) }),
    ...(people === undefined ? {} : { people: resolve(cwd, people) }),
    ...(allowRemoteLoad === undefined ? {} : { allowRemote: list(allowRemoteLoad) }),
  });
  if (!parsed.success) throw new UsageError(explain(parsed.error, { seconds: 'duration' }));
  const options = parsed.data;
  const nobody = refuseJourney(options);
  if (nobody) throw new UsageError(`--journey ${options.journey}: ${nobody}`);
  const tooMany = refuseParallelism(options);
  if (tooMany) throw new UsageError(`--parallelism ${options.parallelism}: ${tooMany}`);
  const refused = options.mode === 'local' ? refuseLoad(options.baseUrl, options.allowRemote) : undefined;
  if (refused) throw new UsageError(`--base-url ${options.baseUrl}: ${refused}`);
  return options;
}
