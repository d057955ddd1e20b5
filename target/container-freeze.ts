import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from './container-runtime.ts';

/** So often the runtime is asked, and so long it is left alone in between (milliseconds). */
const ATTEMPTS = 10;
const BETWEEN_MS = 200;

/**
 * Freezes a container. With cgroup v1 that fails by chance while a process of it is in the kernel (an fsync, say): the runtime
 * thaws it again, reports "unable to freeze", and leaves it to its caller to ask once more. Source: opencontainers/runc pull
 * requests 2791 and 4388. Every other error is the caller's.
 */
export async function freeze(container: Pick<Container, 'pause'>, betweenMs = BETWEEN_MS): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await container.pause();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !String(error).includes('unable to freeze')) throw error;
      await sleep(betweenMs);
    }
  }
}
