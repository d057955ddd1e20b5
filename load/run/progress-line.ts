import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Where k6 is: how many iterations are done, and how many VUs are waiting for an answer now. */
export interface K6Progress {
  readonly iterations: number;
  readonly busyVus: number;
}

/** Reads k6's own progress, a line a second: `running (03.0s), 004/020 VUs, 61 complete and 0 interrupted iterations`. */
export function parseProgressLine(line: string): K6Progress | undefined {
  const [, busy, done] = /^running \(.*\), (\d+)\/\d+ VUs, (\d+) complete/.exec(line) ?? [];
  return done === undefined ? undefined : { iterations: Number(done), busyVus: Number(busy) };
}

/** Calls `tell` for each progress line of k6's stdout. */
export function followProgress(stdout: Readable, tell: (progress: K6Progress) => void): void {
  createInterface({ input: stdout }).on('line', (line) => {
    const progress = parseProgressLine(line);
    if (progress) tell(progress);
  });
}

/** Keeps the end of a stream, in characters: k6 writes a line for each request that gets no answer. */
export function keepTail(stream: Readable, characters: number): () => string {
  let tail = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-characters);
  });
  return () => tail;
}
