import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { PINNED } from './version.ts';

/** The image that runs the same version. */
export const IMAGE = `grafana/k6:${PINNED}`;

/** What k6 is told by environment, besides what the gate always sets: handed through to the container by name. */
const HANDED_THROUGH = [
  'GOGC',
  'GOMEMLIMIT',
  'K6_NO_USAGE_REPORT',
  'K6_WEB_DASHBOARD',
  'K6_WEB_DASHBOARD_EXPORT',
  'K6_WEB_DASHBOARD_PORT',
];

/**
 * Writes a program `file` that runs k6 in a container as if it were installed: same network, same user, and of the files only
 * the scripts and the temporary folder. Rejects where Docker cannot pull or run the image.
 */
export async function wrapImage(file: string, temporary: string): Promise<void> {
  await execa('docker', ['run', '--rm', IMAGE, 'version'], { timeout: 300_000, stdin: 'ignore' });
  const scripts = join(import.meta.dirname, '..');
  const options = [
    '--rm --interactive --network host --user "$(id -u):$(id -g)"',
    `--volume '${scripts}:${scripts}:ro' --volume '${temporary}:${temporary}' --workdir '${scripts}'`,
    ...HANDED_THROUGH.map((name) => `--env ${name}`),
  ];
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, `#!/bin/sh\nexec docker run ${options.join(' ')} ${IMAGE} "$@"\n`);
  await chmod(`${file}.${process.pid}`, 0o755);
  await rename(`${file}.${process.pid}`, file);
}
