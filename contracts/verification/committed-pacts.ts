import { readdir, readFile } from 'node:fs/promises';
import { type Interaction, readPact } from './pact-file.ts';

const PACTS = new URL('../pacts/', import.meta.url);

/** The interactions of every pact in contracts/pacts. Throws when there is none, or one cannot be used. */
export async function readCommittedPacts(): Promise<Interaction[]> {
  const names = (await readdir(PACTS)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new Error('there is no pact in contracts/pacts');
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, PACTS), 'utf8')));
  return texts.flatMap((text, index) => readPact(text, `${index}-`));
}
