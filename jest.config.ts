import type { Config } from 'jest';

/** Unit and consumer tests (`*.test.ts`, beside their source). The e2e checks have a config of their own: `e2e/jest.config.ts`. */
const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/*.test.ts', '<rootDir>/{contracts,e2e,load,provider,target,gate}/**/*.test.ts'],
  // Those run one by one, because a neighbour would decide for them (`npm run test:alone`), or where there is Docker (`test:docker`).
  testPathIgnorePatterns: ['/node_modules/', '\\.(alone|docker)\\.test\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'esnext', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

export default config;
