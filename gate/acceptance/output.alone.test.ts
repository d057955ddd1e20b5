import { describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { MAIN } from './assay.ts';

const checksInto = (reader: string) =>
  execa('sh', ['-c', `"$0" "$1" checks --json | ${reader}`, process.execPath, MAIN], { reject: false });

describe('what is printed', () => {
  test('is whole though its reader is slow and it is more than a pipe holds', async () => {
    const { stdout } = await checksInto('{ sleep 3; cat; }');

    expect(stdout.length).toBeGreaterThan(65_536);
    expect(JSON.parse(stdout)).toEqual(expect.any(Array));
  }, 30_000);

  test('may lose its reader', async () => {
    const { stderr } = await checksInto('head -c 1');

    expect(stderr).toBe('');
  }, 30_000);
});
