import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { type JestFile, jestResultsFile } from './jest-results.ts';

const E2E = join(import.meta.dirname, '..');
const CONFIG = join(E2E, 'jest.config.ts');
const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');
const NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/**
 * Runs these files, if there are any, in a Jest of its own; `serial` where the checks would be in each other's way. Its stdout (progress
 * lines) and stderr are ours. Throws when Jest leaves no results; an abort ends it and its workers.
 */
export async function runJest(
  files: readonly string[],
  options: { sessionFile: string; dir: string; serial: boolean; signal: AbortSignal },
): Promise<JestFile[]> {
  if (files.length === 0) return [];
  const flags = ['--config', CONFIG, ...(options.serial ? ['--runInBand'] : []), '--runTestsByPath'];
  const { exitCode, signal } = await execa(process.execPath, [...NODE_FLAGS, JEST, ...flags, ...files], {
    cwd: E2E, // Jest looks for a project where it is started, and that may be anywhere
    env: { ASSAY_SESSION: options.sessionFile },
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    cancelSignal: options.signal,
  });
  options.signal.throwIfAborted();
  const text = await readFile(jestResultsFile(options.dir), 'utf8').catch((cause: unknown) => {
    throw new Error(`Jest ended with ${exitCode ?? signal} and left no results: its stderr says why`, { cause });
  });
  return JSON.parse(text);
}
