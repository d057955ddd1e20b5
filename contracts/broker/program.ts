import { Command, CommanderError } from 'commander';
import { redact } from '../../target/protocol/redact.ts';
import { carryOut, type Ended } from './carry-out.ts';
import { COMMANDS, type CommandName, type Said } from './commands.ts';
import { type BrokerSettings, readBrokerSettings } from './settings.ts';
import { UsageError } from './usage-error.ts';

const DESCRIPTIONS: Readonly<Record<CommandName, string>> = {
  publish: 'publish the pacts of contracts/pacts',
  'can-i-deploy': 'whether a version works with everything that is deployed (0 yes, 1 no, 2 could not tell)',
  'record-deployment': 'tell that a version has taken the place of the one before',
  'record-release': 'tell that a version can be had beside the ones before',
};

const ENVIRONMENT = `
The broker is told by environment: PACT_BROKER_BASE_URL, and PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and
PACT_BROKER_PASSWORD. See contracts/README.md.`;

/** How the program ends: as a command does, or 64 for usage. Never rejects. */
export interface ProgramEnded {
  readonly exitCode: Ended['exitCode'] | 64;
  /** Without a line feed at the end; empty when all was said (help). */
  readonly text: string;
}

/** The Pact Broker's side of a release; `argv` without node and script. */
export async function runBroker(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ProgramEnded> {
  let ended: ProgramEnded = { exitCode: 0, text: '' };
  const run = async (command: CommandName, said: Said) => {
    const broker: BrokerSettings | undefined = readBrokerSettings(environment);
    if (!broker) throw new UsageError('PACT_BROKER_BASE_URL is not set');
    ended = await carryOut(command, said, broker);
  };
  try {
    await readCommandLine(run).parseAsync(argv, { from: 'user' });
    return ended;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      return { exitCode: error instanceof UsageError ? 64 : 2, text: redact((error as Error).message) };
    }
    if (error.exitCode === 0) return ended; // --help
    if (error.code === 'commander.help') return { exitCode: 64, text: '' }; // no command at all: help was printed
    const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    return { exitCode: 64, text: `${message}; \`assay contracts --help\` shows what there is` };
  }
}

function readCommandLine(run: (command: CommandName, said: Said) => Promise<void>): Command {
  const program = new Command('assay contracts')
    .description('the Pact Broker')
    .exitOverride()
    .configureOutput({ outputError: () => {} }) // told once, by the caller
    .addHelpText('after', ENVIRONMENT);
  for (const name of COMMANDS) {
    const command = program
      .command(name)
      .description(DESCRIPTIONS[name])
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
    command.action((said: Said) => run(name, said));
  }
  return program;
}
