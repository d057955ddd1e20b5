import { redact } from '../target/protocol/redact.ts';

/** The exit code of a program that could not measure. Source: design.md, "Verdict". */
const INCONCLUSIVE = 2;

/** Runs a program of ours that the gate starts on the user's terminal. What it throws becomes one line and exit code 2. */
export async function runAsProgram(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `assay: ${redact(message)
        .trim()
        .replaceAll(/\s*\n\s*/g, ': ')}\n`,
    );
    process.exitCode = INCONCLUSIVE;
  }
}
