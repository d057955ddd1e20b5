import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { scriptOf } from '../run/script.ts';
import { writeExpected } from './expected.ts';
import { MOST_ARCHIVE_BYTES, manifestOf } from './manifest.ts';
import type { DistributeOptions } from './options.ts';
import { buildDistributedPlan, partOf } from './plan.ts';

/** Writes `archive.tar`, `testrun.yaml` and what the verdict is held against. Resolves to the files to hand on. */
export async function writeFiles(options: DistributeOptions): Promise<string[]> {
  const { k6, out, volumeClaim } = options;
  if (k6 === undefined) throw new Error('write needs k6');
  await mkdir(out, { recursive: true });
  const [archiveFile, manifestFile] = [join(out, 'archive.tar'), join(out, 'testrun.yaml')];
  await writeExpected(options, await buildDistributedPlan(options));
  await writeFile(join(out, 'config.json'), '{}');
  const inputs = ['--config', join(out, 'config.json'), '--env', `PLAN=${join(out, 'plan.json')}`];
  await execa(k6, ['archive', ...inputs, '-O', archiveFile, scriptOf(partOf(options))], {
    extendEnv: false,
    env: { HOME: out, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' },
    stdin: 'ignore',
  });
  const archive = await readFile(archiveFile);
  if (!volumeClaim && archive.length > MOST_ARCHIVE_BYTES)
    throw new Error(`the archive has ${archive.length} bytes, too many for a ConfigMap: give --volume-claim`);
  await writeFile(manifestFile, manifestOf(options, archive));
  return [archiveFile, manifestFile];
}
