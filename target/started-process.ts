import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { TargetError } from './error.ts';
import type { LogFile } from './log-file.ts';
import { signalFollowers, signalGroup, signalLeader, waitForGroupEnd } from './process-group.ts';

/** How long SIGTERM is left to the leader, in milliseconds. */
const LEADER_MS = 5_000;

export interface Launch {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: LogFile;
}

/** How a process ended. `code` is null when a signal ended it. */
export interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process that leads a group (and session) of its own: a terminal's Ctrl-C does not reach it, and it is killed with all it forked. */
export class StartedProcess {
  readonly pid: number;
  /** Resolves, never rejects, when the process itself has ended. */
  readonly ended: Promise<End>;
  #running = true;

  private constructor(pid: number, ended: Promise<End>) {
    this.pid = pid;
    this.ended = ended.finally(() => {
      this.#running = false;
    });
  }

  /** Throws a TargetError (TARGET_NOT_FOUND) when the command cannot be started. */
  static async start({ command, cwd, env, log }: Launch): Promise<StartedProcess> {
    const [program = '', ...args] = command;
    const output = await log.open();
    try {
      const child = execa(program, args, {
        cwd,
        env,
        extendEnv: false,
        detached: true,
        buffer: false,
        reject: false,
        stdin: 'ignore',
        stdout: output,
        stderr: output,
      });
      if (child.pid === undefined) throw notFound(program, cwd, await child);
      return new StartedProcess(
        child.pid,
        child.then(({ exitCode, signal }) => ({ code: exitCode ?? null, signal: signal ?? null })),
      );
    } finally {
      output.destroy();
    }
  }

  isRunning(): boolean {
    return this.#running;
  }

  signal(signal: NodeJS.Signals): void {
    signalGroup(this.pid, signal);
  }

  /**
   * SIGTERM, and SIGKILL to what is left after `graceMs`. Resolves when the whole group has ended; `forced` says that it took the
   * SIGKILL. The leader alone is asked first, as by Docker and Kubernetes: a supervisor ends its workers in its own way. The others
   * are asked when it has ended, or seems to keep the signal to itself. Nobody asks a leader twice: many servers take that for an
   * order to drop everything, and one that hangs would pass for one that ends.
   */
  async end(graceMs: number): Promise<End & { forced: boolean }> {
    const deadline = performance.now() + graceMs;
    if (this.#running) signalLeader(this.pid, 'SIGTERM');
    this.signal('SIGCONT'); // a stopped process takes SIGTERM only once it goes on
    await Promise.race([this.ended, sleep(Math.min(LEADER_MS, graceMs / 2), undefined, { ref: false })]);
    signalFollowers(this.pid, 'SIGTERM');
    const forced = !(await waitForGroupEnd(this.pid, deadline - performance.now()));
    if (forced) await this.kill();
    return { ...(await this.ended), forced };
  }

  /** SIGKILL. Resolves when the whole group has ended. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await waitForGroupEnd(this.pid, 10_000);
    await this.ended;
  }
}

function notFound(program: string, cwd: string, { code }: { code?: string | undefined }): TargetError {
  const why = !existsSync(cwd)
    ? `the folder ${cwd} is not there`
    : code === 'ENOENT'
      ? 'there is no such program on PATH or in that folder'
      : code === 'EACCES'
        ? 'it may not be executed'
        : (code ?? 'unknown reason');
  return new TargetError('TARGET_NOT_FOUND', `cannot start "${program}" in ${cwd}: ${why}`);
}
