/** Exit codes of the command line. Source: docs/architecture.md and design.md, "Verdict". */
export const EXIT = { ship: 0, reject: 1, inconclusive: 2, usage: 64, interrupted: 130 } as const;

/** A flag, a file or a URL is wrong: exit 64. The message says what, where and what to do, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** We could not gather evidence (a tool is missing, the target never started): exit 2. The message is one line. */
export class NoEvidenceError extends Error {
  override readonly name = 'NoEvidenceError';
}

/** The user interrupted the run (SIGINT, SIGTERM, SIGHUP): exit 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  constructor() {
    super('interrupted: everything it started is stopped and removed');
  }
}

/** The exit code that stands for an error. Unknown ones are ours, so we could not tell. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof InterruptedError) return EXIT.interrupted;
  return EXIT.inconclusive;
}
