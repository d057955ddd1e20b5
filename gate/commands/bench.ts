import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { execa } from 'execa';
import { benchOptionsSchema } from '../../load/bench/options.ts';
import { explain, list, whole } from '../config/flags.ts';
import { type Config, targetLabel } from '../config/options.ts';
import { type Flags, readConfig, type Surroundings } from '../config/read.ts';
import { UsageError } from '../errors.ts';
import { runChildProgram } from '../run/child-program.ts';
import { openRunFolder } from '../run/folder.ts';
import { openTokens } from '../run/tokens.ts';
import { requireK6 } from '../tools/k6.ts';

interface BenchFlags extends Pick<Flags, 'issuerUrl' | 'tokenCommand' | 'allowRemoteLoad'> {
  readonly provider?: string;
  readonly providerCommand?: readonly string[];
  readonly providerImage?: readonly string[];
  readonly users: string;
  readonly limit: string;
  readonly seconds: string;
  readonly most: string;
  readonly repeats: string;
  readonly out?: string;
}

/** `assay bench`: the capacity of targets, side by side in one interleaved run with a bare server. */
export function addBench(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('bench')
    .description('find the highest rate that meets a budget, beside a bare node:http server with the same bytes')
    .option('--provider <url>', 'a running provider')
    .option('--provider-command <command...>', 'commands that start providers')
    .option('--provider-image <name...>', 'container images of providers')
    .option('--issuer-url <url>', 'for --provider: the issuer it trusts')
    .option('--token-command <command>', 'for --provider: prints an OAuthToken as JSON')
    .option('--users <list>', 'users in the snapshot, e.g. 10,1000', '10')
    .option('--limit <ms>', 'the budget: 99 % of the requests take no longer', '100')
    .option('--seconds <number>', 'length of each trial', '3')
    .option('--most <rate>', 'requests per second never to go beyond', '20000')
    .option('--repeats <number>', 'trials of each rate at the knee', '3')
    .option('--allow-remote-load <hosts>', 'hosts beside this machine that may be put under load')
    .option('--out <file>', 'write the figures as JSON')
    .addHelpText(
      'after',
      '\nAll targets that are named are measured side by side; where none is, the reference provider.',
    )
    .action(async (flags: BenchFlags) => {
      const configs = readTargets(flags, surroundings);
      const chosen = await readOptions(flags, configs, surroundings);
      await using folder = await openRunFolder();
      const k6 = await requireK6(surroundings);
      const { stdout: wrk } = await execa('which', ['wrk'], { reject: false });
      const live = configs.find(({ target }) => target.kind === 'url');
      await using tokens = live && (await openTokens(live));
      const file = join(folder.dir, 'bench.json');
      const found = { k6, dir: folder.dir, ...(wrk && { wrk }), ...(tokens && { tokens: tokens.source }) };
      await writeFile(file, JSON.stringify({ ...chosen, ...found }), { mode: 0o600 });
      finish(await runChildProgram('load/bench/main.ts', [file]));
    });
}

function readTargets(flags: BenchFlags, surroundings: Surroundings): Config[] {
  const { provider, providerCommand = [], providerImage = [], issuerUrl, tokenCommand, allowRemoteLoad } = flags;
  const ofUrl = { issuerUrl, tokenCommand, allowRemoteLoad };
  const named: Flags[] = [
    ...(provider === undefined ? [] : [{ provider, ...definedOf(ofUrl) }]),
    ...providerCommand.map((command) => ({ providerCommand: command })),
    ...providerImage.map((image) => ({ providerImage: image })),
  ];
  return (named.length > 0 ? named : [{}]).map((target) => readConfig({ ...target, stages: 'load' }, surroundings));
}

const definedOf = (flags: { readonly [name in keyof Flags]?: Flags[name] | undefined }): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));

async function readOptions(flags: BenchFlags, configs: readonly Config[], { cwd }: Surroundings) {
  const parsed = benchOptionsSchema.omit({ k6: true, dir: true }).safeParse({
    targets: configs.map((config) => ({ name: targetLabel(config), spec: config.target })),
    users: list(flags.users).map((users) => whole('--users', users)),
    limitMs: whole('--limit', flags.limit),
    seconds: whole('--seconds', flags.seconds),
    most: whole('--most', flags.most),
    repeats: whole('--repeats', flags.repeats),
    ...(flags.allowRemoteLoad === undefined ? {} : { allowRemote: list(flags.allowRemoteLoad) }),
    ...(flags.out === undefined ? {} : { out: resolve(cwd, flags.out) }),
  });
  if (!parsed.success) throw new UsageError(explain(parsed.error, { limitMs: 'limit' }));
  const { out } = parsed.data;
  if (out !== undefined) await mustBeWritable(out);
  return parsed.data;
}

/** A bench takes minutes: that its figures have nowhere to go must not come out at its end. */
async function mustBeWritable(file: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch(() => {
    throw new UsageError(`--out ${file}: its folder is not there, or nothing can be written there`);
  });
}
