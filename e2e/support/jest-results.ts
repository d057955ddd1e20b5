import { join } from 'node:path';

/** The part of Jest's own results that we hold against the checks' reports: one entry per file. */
export interface JestFile {
  /** Absolute. */
  readonly path: string;
  /** Why the file as a whole failed; '' where it did not. */
  readonly message: string;
  readonly tests: readonly JestTest[];
}

export interface JestTest {
  readonly title: string;
  readonly passed: boolean;
  readonly message: string;
}

/** Where Jest's own results lie. `dir` is the run's temporary folder. */
export const jestResultsFile = (dir: string): string => join(dir, 'e2e', 'jest.json');
