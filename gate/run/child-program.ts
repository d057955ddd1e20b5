import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { EXIT, InterruptedError } from '../errors.ts';
import { listenForInterrupt } from './interrupt.ts';

/** Runs a program of ours (a path from the root) on the caller's terminal. Resolves to its exit code; an interrupt ends it first. */
export async function runChildProgram(program: string, words: readonly string[]): Promise<number> {
  using interrupt = listenForInterrupt();
  const file = fileURLToPath(new URL(`../../${program}`, import.meta.url));
  const { exitCode } = await execa(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...words], {
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    cancelSignal: interrupt.signal,
    forceKillAfterDelay: 15_000,
    detached: true, // Ctrl-C reaches us; we end it in order
  });
  if (interrupt.signal.aborted) throw new InterruptedError();
  return exitCode ?? EXIT.inconclusive;
}
