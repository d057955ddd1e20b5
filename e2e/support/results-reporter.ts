import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { AggregatedResult, Reporter } from '@jest/reporters';
import { readSession } from '../../target/protocol/session.ts';
import { type JestFile, jestResultsFile } from './jest-results.ts';

/** Writes down what Jest itself saw, for the cross-check. Runs in Jest's own process, when all files have ended. */
export default class ResultsReporter implements Pick<Reporter, 'onRunComplete'> {
  onRunComplete(_contexts: unknown, { testResults }: AggregatedResult): void {
    const files = testResults.map(
      ({ testFilePath, failureMessage, testResults: tests }): JestFile => ({
        path: testFilePath,
        message: stripVTControlCharacters(failureMessage ?? ''),
        tests: tests.map(({ title, status, failureMessages }) => ({
          title,
          passed: status === 'passed',
          message: stripVTControlCharacters(failureMessages.join('\n')),
        })),
      }),
    );
    const output = jestResultsFile(readSession().dir);
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, JSON.stringify(files), { mode: 0o600 });
  }
}
