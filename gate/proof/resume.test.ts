import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openResume } from './resume.ts';

test('what was finished is not done again when a proof goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'resume-'));
  const file = join(folder, 'done.json');
  await (await openResume(file)).once('a', async () => 1);

  const again = await openResume(file);

  expect(await again.once('a', async () => 2)).toBe(1);
  expect(await again.once('b', async () => 3)).toBe(3);
  await rm(folder, { recursive: true });
});

test('what ends at the same time is kept, all of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'resume-'));
  const file = join(folder, 'done.json');
  const names = Array.from({ length: 50 }, (_, index) => `trial ${index}`);
  const resume = await openResume(file);
  await Promise.all(names.map((name) => resume.once(name, async () => name)));

  expect(Object.keys(JSON.parse(await readFile(file, 'utf8')))).toEqual(names);
  expect(await readdir(folder)).toEqual(['done.json']);
  await rm(folder, { recursive: true });
});
