import type { Command } from 'commander';
import { runChildProgram } from '../run/child-program.ts';

/** `assay contracts …`: the Pact Broker. Its arguments and exit codes go through unread. */
export function addBroker(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('contracts')
    .description('publish, can-i-deploy, record-deployment, record-release: the Pact Broker')
    .argument('[arguments...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (words: string[]) => finish(await runChildProgram('contracts/broker/main.ts', words)));
}
