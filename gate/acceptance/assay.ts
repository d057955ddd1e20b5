import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';
import type { Run } from '../verdict/model.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Starts the command line as a user does, but for the launcher. It never throws for an exit code. */
export function startAssay(argv: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}) {
  return execa(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...argv], {
    reject: false,
    stdin: 'ignore',
    cwd: options.cwd ?? ROOT,
    env: { NO_COLOR: '1', ...options.env },
  });
}

/** Runs it to its end. */
export async function assay(...argv: readonly string[]) {
  const { exitCode, stdout, stderr } = await startAssay(argv);
  return { exitCode, stdout: String(stdout), stderr: String(stderr) };
}

/** Verifies one of the known-bad providers beside this file. */
export async function verifyProvider(name: string, ...flags: readonly string[]) {
  const command = `${process.execPath} gate/acceptance/providers/${name}.ts`;
  const { exitCode, stdout, stderr } = await assay('verify', '--provider-command', command, '--json', ...flags);
  const run = stdout.startsWith('{') ? (JSON.parse(stdout) as Run) : undefined;
  const failed = run?.outcomes
    .filter(({ checks }) => checks.some(({ outcome }) => outcome === 'fail'))
    .map(({ requirement }) => requirement.id);
  return { exitCode, failed, run, stderr };
}

/** Resolves once the child's stderr has said `text`. */
export async function untilItSays(child: ResultPromise, text: string): Promise<void> {
  let said = '';
  for await (const chunk of child.iterable({ from: 'stderr', binary: true }) as AsyncIterable<Uint8Array>) {
    said += Buffer.from(chunk).toString();
    if (said.includes(text)) return;
  }
  throw new Error(`it ended without saying ${JSON.stringify(text)}: ${said}`);
}
