import pc from 'picocolors';
import { redact } from '../target/protocol/redact.ts';
import { exitCodeOf } from './errors.ts';
import { runProgram } from './program.ts';
import { oneLine } from './reports/telling-line.ts';

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** The only place that reads argv and the environment, and that ends the process. */
try {
  process.exitCode = await runProgram(process.argv.slice(2), { cwd: process.cwd(), env: process.env });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${pc.red('assay:')} ${oneLine(redact(message))}\n`);
  process.exitCode = exitCodeOf(error);
}
// A pipe takes what it can and the rest later: an end now would cut a report off. A reader that has gone wants no more.
await Promise.all(
  [process.stdout, process.stderr].map(
    (stream) => new Promise((resolve) => stream.write('', () => resolve(undefined))),
  ),
);
process.exit();
