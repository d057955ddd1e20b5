import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** The folder of the go.mod that pins k6. */
const MODULE = join(import.meta.dirname, '..');

/**
 * Builds the pinned k6 into `file`. It is built in a folder of its own and renamed into place, so that two builds at once, or
 * one that is killed, never leave half a file. Rejects where Go or the module proxy cannot be used; the message holds its last line.
 */
export async function buildK6(file: string, signal?: AbortSignal, go = 'go'): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const part = await mkdtemp(join(dirname(file), 'k6-build.'));
  try {
    const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(part, 'k6'), 'go.k6.io/k6/v2'];
    const { failed, stderr, shortMessage } = await execa(go, args, {
      cwd: MODULE,
      reject: false,
      stdin: 'ignore',
      ...(signal && { cancelSignal: signal }),
    });
    if (failed) throw new Error(stderr.trim().split('\n').at(-1) || shortMessage);
    await rename(join(part, 'k6'), file);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
