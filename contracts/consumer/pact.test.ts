import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { describeAuthenticate } from './authenticate.interactions.ts';
import { describeDisconnect } from './disconnect.interactions.ts';
import { openPact } from './interaction.ts';
import { describeOne } from './one.interactions.ts';
import { describeSnapshot } from './snapshot.interactions.ts';

const committed = new URL('../pacts/', import.meta.url).pathname;
const generated = mkdtempSync(join(tmpdir(), 'assay-pact-'));
afterAll(() => rmSync(generated, { recursive: true }));

/** Set by `npm run pacts`: put the generated pact in the committed one's place. */
const { updatePacts } = globalThis as { updatePacts?: boolean };

// All interactions of one consumer run in one test file: together they write one pact.
const interact = openPact(generated);
describeSnapshot(interact);
describeOne(interact);
describeAuthenticate(interact);
describeDisconnect(interact);

describe('the committed pact', () => {
  test('is what the interactions above have written, byte for byte (npm run pacts)', async () => {
    const [name, ...others] = await readdir(generated);
    if (updatePacts) await copyFile(join(generated, name!), join(committed, name!));

    expect(others).toEqual([]);
    expect(await readFile(join(committed, name!), 'utf8')).toBe(await readFile(join(generated, name!), 'utf8'));
  });
});
