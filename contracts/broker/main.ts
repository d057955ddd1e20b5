import { Command, CommanderError } from 'commander';
import { redact } from '../../target/protocol/redact.ts';
import { argumentsOf, COMMANDS, type CommandName, type Said } from './commands.ts';
import { readRevision } from './git.ts';
import { runPactCli } from './pact-cli.ts';
import { askBroker } from './reach.ts';
import { readBrokerSettings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * `./assay contracts <command>`: the Pact Broker's side of a release. Exit codes: 0 done or yes, 1 the broker says no,
 * 2 we could not tell, 64 usage.
 */
const PACTS = new URL('../pacts', import.meta.url).pathname;

const DESCRIPTIONS: Readonly<Record<CommandName, string>> = {
  publish: 'publish the pacts of contracts/pacts',
  'can-i-deploy': 'whether a version works with everything that is deployed',
  'record-deployment': 'tell that a version has taken the place of the one before',
  'record-release': 'tell that a version can be had beside the ones before',
};

async function carryOut(command: CommandName, said: Said): Promise<number> {
  const broker = readBrokerSettings(process.env);
  if (!broker) throw new UsageError('PACT_BROKER_BASE_URL is not set');
  const words = argumentsOf(command, said, await readRevision(process.cwd()), PACTS);
  // pact-cli ends with 1 whether the answer is no or there is none.
  await askBroker(broker, '/');
  const { exitCode, output } = await runPactCli(words, broker);
  console.log(redact(output));
  if (exitCode === 0) return 0;
  return command === 'can-i-deploy' ? 1 : 2;
}

function readCommandLine(finish: (exitCode: number) => void): Command {
  const program = new Command('assay contracts').exitOverride();
  for (const name of COMMANDS) {
    const command = program
      .command(name)
      .description(DESCRIPTIONS[name])
      .exitOverride()
      .option('--version <version>', 'of the one who is published or deployed (default: the commit)');
    if (name === 'publish') {
      command
        .option('--branch <name>', 'default: the branch that is checked out')
        .option('--tag <name...>', 'default: the tags of the commit')
        .option('--build-url <url>', 'the build that this is');
    } else {
      command
        .requiredOption('--environment <name>', 'as the broker knows it')
        .option('--pacticipant <name>', 'who it is about (default: the provider)');
    }
    command.action(async (said: Said) => finish(await carryOut(name, said)));
  }
  return program;
}

try {
  await readCommandLine((exitCode) => {
    process.exitCode = exitCode;
  }).parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 64;
  else {
    console.error(`assay: ${redact((error as Error).message)}`);
    process.exitCode = error instanceof UsageError ? 64 : 2;
  }
}
