import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { PROVIDER, PYTHON_CONSUMER } from '../participants.ts';

// Each of these starts processes; a machine that is busy otherwise takes its time over that.
jest.setTimeout(60_000);

const run = new URL('./run', import.meta.url).pathname;
const name = `${PYTHON_CONSUMER}-${PROVIDER}.json`;
const committed = new URL(`../pacts/${name}`, import.meta.url).pathname;
const generated = mkdtempSync(join(tmpdir(), 'assay-python-pact-'));
afterAll(() => rmSync(generated, { recursive: true }));

/** Set by `npm run pacts`: put the generated pact in the committed one's place. */
const { updatePacts } = globalThis as { updatePacts?: boolean };

// Makes the environment where it is missing. Exit code 2: there is no Python that could.
const prepared = spawnSync(run, ['prepare'], { encoding: 'utf8' });
const whyNot = prepared.status === 2 ? prepared.stderr.trim().split('\n').at(-1) : undefined;
const testWithPython = whyNot === undefined ? test : test.skip;

describe(`the Python consumer${whyNot === undefined ? '' : ` (skipped: ${whyNot})`}`, () => {
  testWithPython('passes its tests and writes the committed pact, byte for byte (npm run pacts)', async () => {
    const { status, stderr } = spawnSync(run, [generated], { encoding: 'utf8' });
    if (updatePacts && status === 0) await copyFile(join(generated, name), committed);

    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('OK') });
    expect(await readFile(committed, 'utf8')).toBe(await readFile(join(generated, name), 'utf8'));
  });
});
