import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { requirements } from '../../contracts/requirements.ts';
import type { Proof } from './model.ts';
import { proofPage } from './table.ts';
import { listDefects } from './trial.ts';
import { listVariants } from './variants.ts';

const docs = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** When one of these fails: `./assay prove --out docs`, with `--defect` or `--variant` where only some are new. */
describe('docs/proof.md', () => {
  test('is about every defect and every correct provider of today', async () => {
    const proof: Proof = JSON.parse(await docs('proof.json'));
    const { variants } = await listVariants();

    expect(proof.trials.map(({ defect }) => defect)).toEqual(await listDefects());
    expect(proof.alarms.map(({ variant }) => variant)).toEqual(
      expect.arrayContaining(variants.map(({ name }) => name)),
    );
  });

  test('is what the command wrote', async () => {
    const proof: Proof = JSON.parse(await docs('proof.json'));

    expect(await docs('proof.md')).toBe(proofPage(proof, requirements));
  });
});
