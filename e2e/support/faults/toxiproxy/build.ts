import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** The version that the go.mod beside this file pins. */
export const PINNED = '2.12.0';

/** A build downloads a few megabytes; a network that swallows everything must not hold a run up for longer. */
const WITHIN_MS = 180_000;

/**
 * Builds the pinned Toxiproxy into `file`: in a folder of its own, and then renamed into place, so that two builds at once,
 * or one that is killed, leave no half a file. Rejects where Go cannot build it; the message holds Go's last line.
 */
export async function buildToxiproxy(file: string, signal?: AbortSignal): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const folder = await mkdtemp(join(dirname(file), 'toxiproxy-build.'));
  const part = join(folder, 'toxiproxy-server');
  try {
    const flags = `-s -w -X github.com/Shopify/toxiproxy/v2.Version=${PINNED}`;
    const args = ['build', '-mod=readonly', '-trimpath', '-ldflags', flags, '-o', part];
    const { failed, code, stderr, shortMessage } = await execa(
      'go',
      [...args, 'github.com/Shopify/toxiproxy/v2/cmd/server'],
      {
        cwd: import.meta.dirname,
        reject: false,
        stdin: 'ignore',
        timeout: WITHIN_MS,
        ...(signal && { cancelSignal: signal }),
      },
    );
    if (code === 'ENOENT') throw new Error('there is no toxiproxy-server on PATH, and no Go to build it with');
    if (failed) throw new Error(`Go cannot build Toxiproxy: ${stderr.trim().split('\n').at(-1) || shortMessage}`);
    await rename(part, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
