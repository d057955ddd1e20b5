import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { buildChildEnvironment } from './child-environment.ts';
import { TargetError } from './error.ts';
import { Ledger } from './ledger.ts';
import { LogFile } from './log-file.ts';
import { canReadCost, readCost } from './process-cost.ts';
import type { Capability, TargetSpec } from './protocol/session.ts';
import { waitUntilReady } from './readiness.ts';
import { type ReservedPort, reservePort } from './reserved-port.ts';
import { type End, StartedProcess } from './started-process.ts';
import { killStragglers } from './stragglers.ts';
import type { Cost, StoredFile, Target, TargetEnvironment } from './target.ts';

/** A provider has no longer than this to end after SIGTERM where we only tidy up. */
const DISPOSE_MS = 3000;
/** The error of a target that died shows this much of its output. */
const TAIL_BYTES = 2000;

export interface CommandTargetOptions {
  readonly spec: TargetSpec;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: TargetEnvironment;
  readonly dir: string;
  readonly readyWithinMs: number;
  readonly endWithinMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A provider that we run as a process. */
export class CommandTarget implements Target {
  readonly can: ReadonlySet<Capability> = new Set<Capability>([
    ...(['restart', 'kill', 'terminate', 'pause', 'logs', 'fresh', 'issuer'] as const),
    ...(canReadCost ? (['cost'] as const) : []),
  ]);
  readonly #options: CommandTargetOptions;
  readonly #home: string;
  readonly #log: LogFile;
  readonly #ledger: Ledger;
  #process: StartedProcess | undefined;
  #end: End | undefined;
  #port: ReservedPort | undefined;

  private constructor(options: CommandTargetOptions, home: string) {
    this.#options = options;
    this.#home = home;
    this.#log = new LogFile(join(home, 'output.log'));
    this.#ledger = new Ledger(options.dir);
  }

  /** Starts the command on fresh data and waits until it is ready; when that fails, nothing of it is left. */
  static async open(options: CommandTargetOptions): Promise<CommandTarget> {
    await mkdir(temporary(options), { recursive: true });
    const target = new CommandTarget(options, await mkdtemp(join(options.dir, 'target-')));
    try {
      await mkdir(target.#dataDir);
      await target.start();
      return target;
    } catch (error) {
      await target[Symbol.asyncDispose]();
      throw error;
    }
  }

  get spec(): TargetSpec {
    return this.#options.spec;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#port?.port}`;
  }

  async start(): Promise<void> {
    if (this.isRunning()) throw new TargetError('TARGET_CANNOT', 'the target runs already: end it before you start it');
    const { command, cwd, readyWithinMs, signal } = this.#options;
    // A new port each time: after a kill the old one may be held by connections that are not closed yet.
    this.#port?.[Symbol.dispose]();
    this.#port = await reservePort();
    const started = await StartedProcess.start({ command, cwd, env: this.#environment(), log: this.#log });
    this.#ledger.recordProcess(started.pid);
    this.#process = started;
    this.#end = undefined;
    void started.ended.then((end) => {
      if (this.#process === started) this.#end = end;
    });
    const check = () => {
      if (this.#end) throw this.#died(this.#end);
    };
    const tail = () => this.#log.tail(TAIL_BYTES);
    await waitUntilReady({ baseUrl: this.baseUrl, withinMs: readyWithinMs, signal, check, tail });
  }

  async terminate(): Promise<number | null> {
    const { endWithinMs } = this.#options;
    const { code, forced } = await this.#running().end(endWithinMs);
    this.#forget();
    if (forced)
      throw new TargetError('TARGET_NEVER_ENDED', `the target did not end within ${endWithinMs / 1000} s of SIGTERM`);
    return code;
  }

  async kill(): Promise<void> {
    await this.#running().kill();
    this.#forget();
  }

  async restart(): Promise<void> {
    await this.terminate();
    await this.start();
  }

  async pause(): Promise<void> {
    this.#running().signal('SIGSTOP');
  }

  async resume(): Promise<void> {
    this.#running().signal('SIGCONT');
  }

  logs(): string {
    return this.#log.tail();
  }

  hasLogged(text: string): boolean {
    return this.#log.includes(text);
  }

  async storedFiles(): Promise<readonly StoredFile[]> {
    const read = (await this.#dataFiles()).map(async (path) => {
      const bytes = await readFile(path).catch(unlessGone);
      return bytes && { name: relative(this.#dataDir, path).replaceAll(sep, '/'), path, bytes };
    });
    return (await Promise.all(read)).filter((file) => file !== undefined);
  }

  async cost(): Promise<Cost> {
    if (!canReadCost) throw new TargetError('TARGET_CANNOT', 'the cost of a process can be read on Linux only');
    return readCost(this.#running().pid);
  }

  isRunning(): boolean {
    return this.#process?.isRunning() ?? false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.end(Math.min(DISPOSE_MS, this.#options.endWithinMs));
    await killStragglers(this.#home);
    this.#port?.[Symbol.dispose]();
    this.#forget();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 3 });
  }

  async #dataFiles(): Promise<string[]> {
    const entries = await readdir(this.#dataDir, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  }

  get #dataDir(): string {
    return join(this.#home, 'data');
  }

  #environment(): Record<string, string> {
    const { issuer, audience, timeZone } = this.#options.environment;
    return buildChildEnvironment({
      HOST: '127.0.0.1',
      PORT: String(this.#port?.port),
      DATA_DIR: this.#dataDir,
      TMPDIR: temporary(this.#options),
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: audience,
      ...(timeZone && { TZ: timeZone }),
    });
  }

  #running(): StartedProcess {
    if (!this.#process?.isRunning()) throw new TargetError('TARGET_CANNOT', 'the target does not run');
    return this.#process;
  }

  #forget(): void {
    if (this.#process) this.#ledger.forgetProcess(this.#process.pid);
  }

  #died({ code, signal }: End): TargetError {
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    const tail = this.#log.tail(TAIL_BYTES).trimEnd();
    // The port was free when we chose it. Whoever answers there now is a stranger.
    const taken = /EADDRINUSE|address already in use/i.test(tail)
      ? `; another process took port ${this.#port?.port} meanwhile`
      : '';
    const line = `"${this.#options.command.join(' ')}" ${how} before GET ${this.baseUrl}/users answered${taken}`;
    return new TargetError('TARGET_DIED', tail ? `${line}\n${tail}` : line);
  }
}

/** What a killed provider leaves in its temporary folder goes with the run. The run's targets share it: some keep compiled code there. */
function temporary({ dir }: CommandTargetOptions): string {
  return join(dir, 'tmp');
}

/** A file may go while it is looked at. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
