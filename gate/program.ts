import { Command, CommanderError } from 'commander';
import { addBench } from './commands/bench.ts';
import { addBroker } from './commands/broker.ts';
import { addChecks } from './commands/checks.ts';
import { addDistribute } from './commands/distribute.ts';
import { addDoctor } from './commands/doctor.ts';
import { addProve } from './commands/prove.ts';
import { addServe } from './commands/serve.ts';
import { addToken } from './commands/token.ts';
import { addVerify } from './commands/verify.ts';
import type { Surroundings } from './config/read.ts';
import { EXIT, UsageError } from './errors.ts';

/** Runs the command line `argv` (without node and script). Resolves to the exit code; rejects with the errors of `errors.ts`. */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT.ship;
  const finish = (code: number) => {
    exitCode = code;
  };
  const program = new Command('assay')
    .description('The release gate for providers of the Users API.')
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => {} }); // told once, by main
  addVerify(program, surroundings, finish);
  addChecks(program);
  addDoctor(program, surroundings, finish);
  addServe(program, surroundings);
  addToken(program);
  addProve(program, surroundings, finish);
  addBench(program, surroundings, finish);
  addDistribute(program, surroundings, finish);
  addBroker(program, finish);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ship; // --help
    if (error.code === 'commander.help') return EXIT.usage; // no command at all: help was printed
    throw new UsageError(
      `${error.message.replace(/^error: /, '').replaceAll('\n', ' ')}; \`assay --help\` shows what there is`,
    );
  }
  return exitCode;
}
