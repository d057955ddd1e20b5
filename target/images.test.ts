import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The packages that a program needs: what it and the files of ours that it imports import. Types cost nothing at run time. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  seen.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm,
  )) {
    if (name.startsWith('node:')) continue;
    if (!name.startsWith('.')) packages.add(name);
    else if (!seen.has(normalize(join(dirname(file), name))))
      for (const found of packagesOf(normalize(join(dirname(file), name)), seen)) packages.add(found);
  }
  return packages;
}

describe.each([
  ['provider/Dockerfile', 'provider/server.ts'],
  ['target/Dockerfile', 'target/main.ts'],
])('%s', (dockerfile, program) => {
  test('installs the packages that its program imports and no others', () => {
    const installed = /keep-packages\.mjs ([^\\\n]+?) *\\/.exec(readFileSync(dockerfile, 'utf8'))?.[1]?.split(' ');

    expect(installed).toEqual([...packagesOf(program)].sort());
  });
});
