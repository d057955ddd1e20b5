import type { Config } from 'jest';

/** The lanes, which load the checks (`*.check.ts`). `stage.ts` starts Jest with this; it is of no use without a session. */
const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/lanes/*.lane.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'esnext', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  cacheDirectory: '<rootDir>/../node_modules/.cache/assay-e2e',
  reporters: ['<rootDir>/support/progress-reporter.ts', '<rootDir>/support/results-reporter.ts'],
  maxWorkers: 2,
  maxConcurrency: 5,
  // A check has a limit of its own (support/requirement.ts); this one only catches a harness that hangs.
  testTimeout: 900_000,
  // What a check that ran out of time leaves open (a request without an answer) must not hold the stage up.
  forceExit: true,
};

export default config;
