import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { readConfig, readConfigFile, type Surroundings } from '../config/read.ts';
import { checkBudgets } from '../config/stage-options.ts';
import { UsageError } from '../errors.ts';
import { jsonReport } from '../reports/json.ts';
import { terminalReport } from '../reports/terminal.ts';
import { writeReports } from '../reports/write.ts';
import { verify } from '../run/verify.ts';
import { openWatch } from '../run/watch.ts';

/** `assay verify`: one command, one verdict. Resolves to the exit code. */
export function addVerify(program: Command, surroundings: Surroundings, finish: (exitCode: number) => void): void {
  program
    .command('verify', { isDefault: false })
    .description('verify a provider and give one verdict: ship (0), reject (1) or inconclusive (2)')
    .addOption(new Option('--provider <url>', 'a running provider').env('ASSAY_PROVIDER'))
    .addOption(
      new Option('--provider-command <command>', 'a command that starts one (words split as a shell would)').env(
        'ASSAY_PROVIDER_COMMAND',
      ),
    )
    .addOption(new Option('--provider-image <name>', 'a container image of one').env('ASSAY_PROVIDER_IMAGE'))
    .addOption(new Option('--stages <list>', 'contracts,e2e,load').env('ASSAY_STAGES'))
    .addOption(new Option('--only <ids>', 'just these requirements or topics, e.g. USR-SNAP-001,USR-LIFE'))
    .addOption(new Option('--except <ids>', 'not these, e.g. USR-DUR,USR-FAULT'))
    .addOption(
      new Option('--profile <name>', 'standard, or hardened: hardened requirements block too').env('ASSAY_PROFILE'),
    )
    .addOption(new Option('--issuer-url <url>', 'for --provider: the issuer it trusts').env('ASSAY_ISSUER_URL'))
    .addOption(
      new Option('--token-command <command>', 'for --provider: prints an OAuthToken as JSON').env(
        'ASSAY_TOKEN_COMMAND',
      ),
    )
    .addOption(
      new Option('--audience <name>', 'OIDC_AUDIENCE of the target (default: users-api)').env('ASSAY_AUDIENCE'),
    )
    .addOption(new Option('--waivers <file>', 'failures somebody answers for until a day (YAML)').env('ASSAY_WAIVERS'))
    .addOption(
      new Option('--contract-profile <name>', 'the model as of a client version (default: newest)').env(
        'ASSAY_CONTRACT_PROFILE',
      ),
    )
    .addOption(
      new Option('--seed <number>', 'replay the generated users of an earlier run (its report names the seed)'),
    )
    .option('--workloads <list>', 'load: smoke, average, stress, spike, soak, breakpoint')
    .option('--journeys <list>', 'load: snapshot, authenticate, lookup, disconnect, mixed')
    .option('--rate <number>', 'load: iterations per second')
    .option('--duration <seconds>', 'load: length of each part')
    .option('--users <number>', 'load: users in the snapshot, made before and removed after (default: 10)')
    .option('--budgets <file>', 'load: budgets in the place of load/budgets.json')
    .option('--prometheus <url>', 'load: remote-write address of a Prometheus')
    .option('--otel <url>', 'load: OTLP/HTTP address of a collector')
    .option('--dashboard <folder>', "load: k6's dashboard of each run as HTML")
    .option('--samples <folder>', 'load: raw samples of each run as compressed CSV')
    .option('--allow-remote-load <hosts>', 'load: hosts beside this machine that may be put under load')
    .addOption(
      new Option('--out <folder>', 'write report.json, junit.xml, report.md and report.html there').env('ASSAY_OUT'),
    )
    .addOption(
      new Option('--config <file>', 'settings, one `flag: value` a line (default: assay.config.yaml if there)'),
    )
    .option('--bail', 'end at the first failure that blocks: a rejection comes sooner and tells less')
    .option('--json', 'print the report as JSON on stdout')
    .option('--quiet', 'print the verdict only')
    .option('--checks', 'print a line for every check (by itself with --stages contracts)')
    .action(async (_flags, command: Command) => {
      applyConfigFile(command, surroundings);
      const config = readConfig(command.opts(), surroundings);
      await checkBudgets(config.stageOptions);
      const watch = openWatch({ quiet: config.quiet, terminal: process.stderr.isTTY === true });
      const run = await verify(config, watch);
      process.stdout.write(config.json ? jsonReport(run) : terminalReport(run, config));
      if (config.out) await writeReports(run, config, config.out);
      finish(run.verdict.exitCode);
    });
}

/** Settings of the configuration file stand in for flags that neither the command line nor the environment gave. */
function applyConfigFile(command: Command, { cwd }: Surroundings): void {
  const named: string | undefined = command.opts().config;
  const file = resolve(cwd, named ?? 'assay.config.yaml');
  for (const [flag, value] of Object.entries(readConfigFile(file, named !== undefined))) {
    const option = command.options.find(({ long }) => long === `--${flag}`);
    if (!option || flag === 'config')
      throw new UsageError(`${file}: ${flag} is no setting; the flags of \`assay verify\` are`);
    const name = option.attributeName();
    if (command.getOptionValueSource(name) === undefined)
      command.setOptionValueWithSource(name, option.isBoolean() ? value : String(value), 'config');
  }
}
