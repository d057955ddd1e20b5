import type { Alteration } from '../run.ts';
import { run } from '../run.ts';

/** A provider that can be started by name. */
interface Entry {
  readonly name: string;
  readonly seed: Alteration;
}

/** Runs the entry that `argument` names, or prints all of them as JSON for `--list`. `kind` is said where there is none such. */
export async function launch(kind: string, entries: readonly Entry[], argument: string | undefined): Promise<void> {
  if (argument === '--list') {
    process.stdout.write(`${JSON.stringify(entries.map(({ seed, ...told }) => told))}\n`);
    return;
  }
  const entry = entries.find(({ name }) => name === argument);
  if (entry) return run(entry.seed);
  process.stderr.write(`there is no ${kind} ${argument ?? '(none given)'}: --list tells them\n`);
  process.exitCode = 64;
}
