/** Where a bench tells how far it is: on a terminal one line that is written over, in a log a line now and then. */
export interface Teller {
  /** What it is doing now; the next one replaces it. */
  readonly tell: (label: string) => void;
  /** What it found, which stays. */
  readonly say: (line: string) => void;
}

/** A log wants no line for each of ten thousand users. */
const EACH_MS = 5000;
const CLEAR_LINE = '\r\x1b[K';

export function openTeller(stream: NodeJS.WriteStream, now = () => performance.now()): Teller {
  let toldAt = Number.NEGATIVE_INFINITY;
  const isDue = () => now() - toldAt >= (stream.isTTY ? 100 : EACH_MS);
  return {
    tell(label) {
      if (!isDue()) return;
      toldAt = now();
      stream.write(stream.isTTY ? `${CLEAR_LINE}${label.slice(0, (stream.columns ?? 80) - 1)}` : `${label}\n`);
    },
    say(line) {
      toldAt = Number.NEGATIVE_INFINITY;
      stream.write(`${stream.isTTY ? CLEAR_LINE : ''}${line}\n`);
    },
  };
}
