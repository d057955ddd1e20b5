import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The arrows of docs/architecture.md: what a folder may import of ours. Types of the OpenAPI document are everybody's. */
const MAY_IMPORT: Readonly<Record<string, RegExp>> = {
  provider: /^(provider\/|contracts\/openapi\.d\.ts$)/,
  target: /^(target\/|contracts\/openapi\.d\.ts$)/,
  contracts: /^(contracts|target)\//,
  e2e: /^(e2e\/|target\/|contracts\/(requirements\.ts|requirements\/|model\.ts$|openapi\.d\.ts$))/,
  load: /^(load\/|target\/|contracts\/requirements)/,
  'load/k6': /^load\/k6\//,
  gate: /^(gate|contracts|e2e|load|target)\//,
};
/** Tests stand outside the arrows where they need a real counterpart, but no production code does. */
const sources = globSync('{provider,target,contracts,e2e,load,gate}/**/*.ts').filter(
  (file) => !/\.(test|check)\.ts$|node_modules|\.d\.ts$/.test(file),
);
const folderOf = (file: string) => (file.startsWith('load/k6/') ? 'load/k6' : (file.split('/')[0] ?? ''));
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) => name ?? '');

describe('the direction of imports', () => {
  test.each(Object.keys(MAY_IMPORT))('%s imports only what stands before it', (folder) => {
    const strays = sources
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => name.startsWith('.'))
          .map((name) => ({ file, to: normalize(join(dirname(file), name)) })),
      )
      .filter(({ to }) => !MAY_IMPORT[folder]?.test(to));

    expect(strays).toEqual([]);
  });

  test('k6 scripts import nothing of Node and nothing from the network', () => {
    const names = sources.filter((file) => folderOf(file) === 'load/k6').flatMap(importsOf);

    expect(names.filter((name) => !/^(\.|k6($|\/))/.test(name))).toEqual([]);
  });

  test('argv and the end of the process belong to programs: the gate, the ones it starts, and providers', () => {
    const loud = sources.filter((file) => /process\.(exit\(|argv)/.test(readFileSync(file, 'utf8')));

    expect(loud.filter((file) => !/^(gate|provider)\/|\/(main|stage|server)\.ts$/.test(file))).toEqual([]);
  });
});
