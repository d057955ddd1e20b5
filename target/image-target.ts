import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { extract } from 'tar-stream';
import { readContainerCost } from './container-cost.ts';
import { freeze } from './container-freeze.ts';
import { ContainerRun } from './container-run.ts';
import { type Container, openRuntime, type Runtime } from './container-runtime.ts';
import { createSurroundings, DATA_DIR, type Surroundings } from './container-surroundings.ts';
import { removeContainer } from './container-sweep.ts';
import { TargetError } from './error.ts';
import { Ledger } from './ledger.ts';
import { LogFile } from './log-file.ts';
import type { Capability, TargetSpec } from './protocol/session.ts';
import { INNER_PORT, ProviderContainer } from './provider-container.ts';
import { waitUntilReady } from './readiness.ts';
import type { Cost, StoredFile, Target, TargetEnvironment } from './target.ts';

/** The error of a target that died shows this much of its output. */
const TAIL_BYTES = 2000;
/** How a runtime reports the end by SIGKILL and by SIGTERM. */
const ENDED_BY_SIGNAL = [137, 143];

export interface ImageTargetOptions {
  readonly spec: TargetSpec & { kind: 'image' };
  readonly environment: TargetEnvironment;
  readonly dir: string;
  readonly readyWithinMs: number;
  readonly endWithinMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A provider that we run as a container, on a network of its own and with its data in a volume of its own. */
export class ImageTarget implements Target {
  readonly can: ReadonlySet<Capability> = new Set<Capability>([
    'restart',
    'kill',
    'terminate',
    'pause',
    'logs',
    'cost',
    'fresh',
    'issuer',
  ]);
  readonly #options: ImageTargetOptions;
  readonly #runtime: Runtime;
  readonly #surroundings: Surroundings;
  readonly #home: string;
  readonly #log: LogFile;
  #container: Container | undefined;
  #run: ContainerRun | undefined;
  #port = 0;

  private constructor(options: ImageTargetOptions, runtime: Runtime, surroundings: Surroundings, home: string) {
    this.#options = options;
    this.#runtime = runtime;
    this.#surroundings = surroundings;
    this.#home = home;
    this.#log = new LogFile(join(home, 'output.log'));
  }

  /** Starts the image on fresh data and waits until it is ready; when that fails, nothing of it is left. */
  static async open(options: ImageTargetOptions): Promise<ImageTarget> {
    const runtime = await openRuntime();
    new Ledger(options.dir).recordContainers();
    const home = await mkdtemp(join(options.dir, 'target-'));
    const surroundings = await createSurroundings(runtime, basename(options.dir), home);
    const target = new ImageTarget(options, runtime, surroundings, home);
    try {
      await target.#create();
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
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    if (this.isRunning()) throw new TargetError('TARGET_CANNOT', 'the target runs already: end it before you start it');
    const container = this.#container!;
    const run = await ContainerRun.watch(container, this.#log);
    await container.start();
    this.#run = run; // before that there is nothing to kill
    await this.#waitUntilReady(container);
  }

  async terminate(): Promise<number | null> {
    const { endWithinMs } = this.#options;
    const { container, run } = this.#running();
    await container.unpause().catch(() => {}); // a frozen process takes no signal; most are not frozen
    await container.kill({ signal: 'SIGTERM' });
    const code = await Promise.race([run.ended, sleep(endWithinMs, undefined, { ref: false })]);
    if (code !== undefined) return ENDED_BY_SIGNAL.includes(code) ? null : code;
    await this.kill();
    throw new TargetError('TARGET_NEVER_ENDED', `the target did not end within ${endWithinMs / 1000} s of SIGTERM`);
  }

  async kill(): Promise<void> {
    const { container, run } = this.#running();
    await container.kill();
    await run.ended;
  }

  async restart(): Promise<void> {
    await this.terminate();
    await this.start();
  }

  async pause(): Promise<void> {
    await freeze(this.#running().container);
  }

  async resume(): Promise<void> {
    await this.#running().container.unpause();
  }

  logs(): string {
    return this.#log.tail();
  }

  hasLogged(text: string): boolean {
    return this.#log.includes(text);
  }

  async storedFiles(): Promise<readonly StoredFile[]> {
    const entries = extract();
    pipeline(await this.#container!.getArchive({ path: DATA_DIR }), entries, () => {}); // what goes wrong shows in the entries
    const files: StoredFile[] = [];
    for await (const entry of entries) {
      const name = posix.relative(basename(DATA_DIR), entry.header.name);
      if (entry.header.type === 'file') files.push({ name, path: `${DATA_DIR}/${name}`, bytes: await buffer(entry) });
      else entry.resume();
    }
    return files;
  }

  async cost(): Promise<Cost> {
    return readContainerCost(this.#running().container);
  }

  isRunning(): boolean {
    return this.#run?.isRunning() ?? false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#container) await removeContainer(this.#container);
    await this.#surroundings[Symbol.asyncDispose]();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 3 });
  }

  async #create(): Promise<void> {
    const { spec, environment } = this.#options;
    // The first word counts: Testcontainers waits ten seconds for the ports of a container that has ended at once, and stops one
    // that does not get ready, which then has ended too.
    const opened = Promise.withResolvers<void>();
    new ProviderContainer({
      image: spec.image,
      environment,
      surroundings: this.#surroundings,
      cpus: this.#runtime.info.containerRuntime.cpus,
      onCreated: async (id) => {
        this.#container = this.#runtime.container.getById(id);
        this.#run = await ContainerRun.watch(this.#container, this.#log);
        void this.#run.ended.then((code) => opened.reject(this.#died(code)));
      },
      waitUntilReady: () => this.#waitUntilReady(this.#container!).then(opened.resolve, opened.reject),
    })
      .start()
      .catch((error) => opened.reject(this.#notStarted(error)));
    await opened.promise;
  }

  async #waitUntilReady(container: Container): Promise<void> {
    const { readyWithinMs: withinMs, signal } = this.#options;
    const { NetworkSettings: settings } = await container.inspect();
    // The runtime gives another port at each start.
    this.#port = Number(settings.Ports[`${INNER_PORT}/tcp`]?.[0]?.HostPort ?? 0);
    const check = async () => {
      if (!this.isRunning()) throw this.#died(await this.#run!.ended);
    };
    await waitUntilReady({ baseUrl: this.baseUrl, withinMs, signal, check, tail: () => this.#log.tail(TAIL_BYTES) });
  }

  #running(): { container: Container; run: ContainerRun } {
    if (!this.#container || !this.#run?.isRunning()) throw new TargetError('TARGET_CANNOT', 'the target does not run');
    return { container: this.#container, run: this.#run };
  }

  #died(code: number): TargetError {
    const line = `${this.#options.spec.image} ended with exit code ${code} before GET /users answered`;
    const tail = this.#log.tail(TAIL_BYTES).trimEnd();
    return new TargetError('TARGET_DIED', tail ? `${line}\n${tail}` : line);
  }

  #notStarted(cause: Error): TargetError {
    return new TargetError('TARGET_NOT_FOUND', `cannot start the image ${this.#options.spec.image}: ${cause.message}`, {
      cause,
    });
  }
}
