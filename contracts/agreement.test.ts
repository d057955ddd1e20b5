import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { PROVIDER, PYTHON_CONSUMER, TYPESCRIPT_CONSUMER } from './participants.ts';

/** What we use of the comparator. Its own declarations cannot be resolved by NodeNext: their imports lack extensions. */
interface Comparison {
  new (documents: { oas: unknown }): { compare(pact: unknown): AsyncIterable<{ readonly code: string }> };
}
const { Comparator } = createRequire(import.meta.url)('@pactflow/openapi-pact-comparator') as {
  Comparator: Comparison;
};

let yaml: string;
beforeAll(async () => {
  yaml = await readFile(new URL('./openapi.yaml', import.meta.url), 'utf8');
});

describe.each([TYPESCRIPT_CONSUMER, PYTHON_CONSUMER])('the pact of %s and openapi.yaml', (consumer) => {
  let pact: unknown;
  beforeAll(async () => {
    pact = JSON.parse(await readFile(new URL(`./pacts/${consumer}-${PROVIDER}.json`, import.meta.url), 'utf8'));
  });

  test('agree', async () => {
    await expect(compare(yaml, pact)).resolves.toEqual([]);
  });

  test.each([
    ['a path is renamed', '  /users/{user}:', '  /people/{user}:', 'request.path-or-method.unknown'],
    ['a status goes', '        4XX:', '        409:', 'response.status.unknown'],
    ['a type changes', 'dark: { type: boolean }', 'dark: { type: string }', 'response.body.incompatible'],
    [
      'a field becomes required',
      'required: [access_token,',
      'required: [device, access_token,',
      'request.body.incompatible',
    ],
    ['a content type changes', 'application/json:', 'application/cbor:', 'response.content-type.incompatible'],
  ])('no longer agree when %s', async (_what, from, to, code) => {
    expect(yaml).toContain(from);

    await expect(compare(yaml.replaceAll(from, to), pact)).resolves.toContain(code);
  });
});

/** The codes of all errors and warnings. */
async function compare(document: string, pact: unknown): Promise<string[]> {
  const comparator = new Comparator({ oas: parse(document) });
  const results = await Array.fromAsync(comparator.compare(pact));
  return results.map(({ code }) => code);
}
