import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** A running floor server. Disposing of it ends its process. */
export interface FloorServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** Starts the floor server, in a process of its own as a provider is, answering with the bytes of a file. */
export async function startFloor(file: string): Promise<FloorServer> {
  const program = fileURLToPath(new URL('./server.ts', import.meta.url));
  const child = execa(process.execPath, ['--disable-warning=ExperimentalWarning', program, file], {
    stdin: 'ignore',
    reject: false,
    buffer: { stdout: false, stderr: true },
  });
  const lines = createInterface({ input: child.stdout });
  const [url] = await Promise.race([
    once(lines, 'line') as Promise<[string]>,
    child.then(({ stderr }) => Promise.reject(new Error(`the floor server did not start: ${stderr}`))),
  ]);
  return {
    url,
    pid: child.pid!,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await child;
    },
  };
}
