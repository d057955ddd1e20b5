/** One line of a stage's stdout: how far it is. The gate draws it; nothing else goes to a stage's stdout. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What it is doing now, in a few words. */
  readonly label: string;
}

/** Tells the gate how far the stage is. */
export function tellProgress(progress: Progress): void {
  process.stdout.write(`${JSON.stringify(progress)}\n`);
}

/** Reads a line of a stage's stdout; anything that is no progress line gives undefined. */
export function parseProgress(line: string): Progress | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { done, total, label } = JSON.parse(line);
    return typeof done === 'number' && typeof total === 'number' ? { done, total, label: String(label) } : undefined;
  } catch {
    return undefined;
  }
}
