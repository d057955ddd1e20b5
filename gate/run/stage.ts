import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { Ledger } from '../../target/ledger.ts';
import { type Progress, parseProgress } from '../../target/protocol/progress.ts';
import { redact } from '../../target/protocol/redact.ts';
import { readStageResult, type Stage } from '../../target/protocol/result.ts';
import { resultFile, type Session } from '../../target/protocol/session.ts';
import { tellingLine } from '../reports/telling-line.ts';
import type { StageRun } from '../verdict/model.ts';
import type { StageEvidence } from '../verdict/outcomes.ts';

/** Set for every stage: tools stay silent about us. Source: design.md, "Runtime". */
const QUIET_TOOLS = { PACT_DO_NOT_TRACK: 'true', SCARF_ANALYTICS: 'false', K6_NO_USAGE_REPORT: 'true' };

/** After SIGTERM a stage has this long to dispose of what it started. */
const GRACE_MS = 15_000;

export interface StageReport {
  readonly run: StageRun;
  readonly evidence: StageEvidence;
}

/**
 * Runs one stage as a child process and reads its result file. Never throws for what the stage does: a crash, a missing,
 * cut-off or stale result is a broken stage. An abort of `signal` ends the stage (SIGTERM, then SIGKILL) and rethrows its reason.
 */
export async function runStage(
  stage: Stage,
  session: Session,
  sessionFile: string,
  options: { limitMs: number; signal: AbortSignal; onProgress(progress: Progress): void },
): Promise<StageReport> {
  const started = performance.now();
  const program = fileURLToPath(new URL(`../../${stage}/stage.ts`, import.meta.url));
  const child = execa(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: { ...QUIET_TOOLS, ASSAY_SESSION: sessionFile },
    stdin: 'ignore',
    reject: false,
    timeout: options.limitMs,
    cancelSignal: options.signal,
    forceKillAfterDelay: GRACE_MS,
    detached: true, // a terminal's Ctrl-C reaches the gate only, which then ends its stages in order
    buffer: { stdout: false, stderr: true },
    maxBuffer: 10_000_000,
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const progress = parseProgress(line);
    if (progress) options.onProgress(progress);
  });
  const ledger = new Ledger(session.dir); // should the gate be killed, the next run ends what this stage started
  if (child.pid) ledger.recordProcess(child.pid);
  const ended = await child;
  endGroup(child.pid);
  if (child.pid) ledger.forgetProcess(child.pid);
  options.signal.throwIfAborted();

  const declared = session.declared[stage] ?? [];
  const run = { stage, durationMs: performance.now() - started };
  const broken = (reason: string): StageReport => ({
    run: { ...run, state: 'broken', reason, checks: 0, notes: [] },
    evidence: { stage, declared, checks: [], broken: `the ${stage} stage gave no evidence: ${reason}` },
  });
  if (ended.timedOut) return broken(`it was stopped after ${options.limitMs / 1000} s`);
  if (ended.exitCode !== 0)
    return broken(`it ended with ${ended.signal ?? `exit code ${ended.exitCode}`}${lastWords(ended.stderr)}`);
  try {
    const result = await readStageResult(resultFile(session, stage));
    if (result.session !== session.id || result.stage !== stage)
      return broken('its result file is stale: it is of another run');
    return {
      run: { ...run, state: 'complete', checks: result.checks.length, notes: result.notes },
      evidence: { stage, declared, checks: result.checks },
    };
  } catch (error) {
    return broken((error as Error).message.split('\n')[0] ?? 'its result file is unreadable');
  }
}

/** A stage leads a process group of its own: workers that outlived it go with it. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody is left in it
  }
}

function lastWords(stderr: string): string {
  const telling = tellingLine(redact(stderr));
  return telling ? `: ${telling}` : '';
}
