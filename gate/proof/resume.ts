import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** Keeps finished work in a file, so that an interrupted proof goes on where it stopped. */
export interface Resume {
  /** The result that is kept under this key, or that of `work`, which then is kept. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Without a file nothing outlives the process. */
export async function openResume(file: string | undefined): Promise<Resume> {
  const text = file ? await readFile(file, 'utf8').catch(() => '{}') : '{}';
  const done = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  let saved = Promise.resolve();
  const save = async () => {
    if (!file) return;
    await writeFile(`${file}.part`, JSON.stringify(done));
    await rename(`${file}.part`, file);
  };
  return {
    async once<T>(key: string, work: () => Promise<T>) {
      done[key] ??= await work();
      saved = saved.then(save); // one at a time: several may end at once
      await saved;
      return done[key] as T;
    },
  };
}
