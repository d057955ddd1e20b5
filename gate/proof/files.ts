import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requirements } from '../../contracts/requirements.ts';
import type { Alarm, Proof } from './model.ts';
import { proofPage } from './table.ts';
import { noisePage, tallies } from './tally.ts';

/** What lies in the folder of `--out`; nothing where there is no such file yet. */
export const readProof = (folder: string): Promise<Proof> => read(folder, 'proof.json', { trials: [], alarms: [] });

/** The runs under noise that went through the same. */
export async function readNoise(folder: string, asked: string): Promise<Alarm[]> {
  const { runs } = await read<{ runs: Alarm[] }>(folder, 'noise.json', { runs: [] });
  return runs.filter((run) => run.asked === asked);
}

/** Writes `proof.md` and `proof.json`. */
export const writeProof = (folder: string, proof: Proof): Promise<void> =>
  write(folder, 'proof', proofPage(proof, requirements), proof);

/** Writes `noise.md` and `noise.json`. */
export const writeNoise = (folder: string, asked: string, runs: readonly Alarm[]): Promise<void> =>
  write(folder, 'noise', noisePage(runs, asked), { asked, tallies: tallies(runs), runs });

async function read<T>(folder: string, file: string, none: T): Promise<T> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
  return text === undefined ? none : JSON.parse(text);
}

async function write(folder: string, name: string, page: string, data: unknown): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.md`), page);
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(data, null, 2)}\n`);
}
