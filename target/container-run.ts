import { finished } from 'node:stream/promises';
import type { Container } from './container-runtime.ts';
import type { LogFile } from './log-file.ts';

/** One run of a container, from a start to the next end. */
export class ContainerRun {
  /** Resolves, never rejects, to the exit code when the container has ended and its output is written. */
  readonly ended: Promise<number>;
  #running = true;

  private constructor(ended: Promise<number>) {
    this.ended = ended.finally(() => {
      this.#running = false;
    });
  }

  /** Call it just before the start: nothing the container writes is missed. */
  static async watch(container: Container, log: LogFile): Promise<ContainerRun> {
    const output = await container.attach({ stream: true, stdout: true, stderr: true });
    const file = await log.open();
    container.modem.demuxStream(output, file, file);
    const written = finished(output, { writable: false }).finally(() => file.end());
    const exit: Promise<{ StatusCode: number }> = container.wait({ condition: 'next-exit' });
    // The runtime may go away under us: then the container has ended as far as anybody can tell.
    const code = exit.then(
      ({ StatusCode }) => StatusCode,
      () => -1,
    );
    return new ContainerRun(Promise.allSettled([written]).then(() => code));
  }

  isRunning(): boolean {
    return this.#running;
  }
}
