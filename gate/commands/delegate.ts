import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { execa } from 'execa';
import { InterruptedError } from '../errors.ts';
import { listenForInterrupt } from '../run/interrupt.ts';

/** A program of a stage that has a command line of its own: the gate only starts it. */
interface Delegate {
  readonly name: string;
  readonly program: string;
  readonly description: string;
}

const DELEGATES: readonly Delegate[] = [
  {
    name: 'contracts',
    program: 'contracts/broker/main.ts',
    description: 'publish, can-i-deploy, record-deployment, record-release: the Pact Broker',
  },
];

/** Adds the commands that other programs carry out: their arguments and exit codes go through unread. */
export function addDelegates(program: Command, finish: (exitCode: number) => void): void {
  for (const delegate of DELEGATES) {
    program
      .command(delegate.name)
      .description(delegate.description)
      .argument('[arguments...]')
      .helpOption(false)
      .allowUnknownOption()
      .passThroughOptions()
      .action(async (words: string[]) => {
        using interrupt = listenForInterrupt();
        const file = fileURLToPath(new URL(`../../${delegate.program}`, import.meta.url));
        const { exitCode } = await execa(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...words], {
          stdio: 'inherit',
          reject: false,
          cancelSignal: interrupt.signal,
          forceKillAfterDelay: 15_000,
          detached: true, // Ctrl-C reaches us; we end it in order
        });
        if (interrupt.signal.aborted) throw new InterruptedError();
        finish(exitCode ?? 2);
      });
  }
}
