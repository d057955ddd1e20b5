import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { scriptOf } from '../run/script.ts';
import { MOST_ARCHIVE_BYTES, manifestOf } from './manifest.ts';
import type { DistributeOptions } from './options.ts';
import { buildDistributedPlan, partOf } from './plan.ts';

/** Writes `archive.tar`, `testrun.yaml`, `plan.json` and `part.json` into the folder. Resolves to the files' names. */
export async function writeFiles(options: DistributeOptions): Promise<string[]> {
  const { k6, out, volumeClaim } = options;
  if (k6 === undefined) throw new Error('write needs k6');
  await mkdir(out, { recursive: true });
  const [planFile, archiveFile] = [join(out, 'plan.json'), join(out, 'archive.tar')];
  await writeFile(planFile, JSON.stringify(await buildDistributedPlan(options), null, 2));
  await writeFile(join(out, 'part.json'), JSON.stringify(partOf(options)));
  await writeFile(join(out, 'config.json'), '{}');
  await execa(
    k6,
    [
      'archive',
      '--config',
      join(out, 'config.json'),
      '--env',
      `PLAN=${planFile}`,
      '-O',
      archiveFile,
      scriptOf(partOf(options)),
    ],
    {
      extendEnv: false,
      env: { HOME: out, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' },
      stdin: 'ignore',
    },
  );
  const archive = await readFile(archiveFile);
  if (!volumeClaim && archive.length > MOST_ARCHIVE_BYTES)
    throw new Error(`the archive has ${archive.length} bytes, too many for a ConfigMap: name a volumeClaim`);
  await writeFile(join(out, 'testrun.yaml'), manifestOf(options, archive));
  return [archiveFile, join(out, 'testrun.yaml'), planFile];
}
