import type { Capability, TargetSpec } from './protocol/session.ts';

/** What a running target has cost so far. Absent figures could not be read on this platform. */
export interface Cost {
  /** User and system CPU time of the target's processes, in seconds. */
  readonly cpuSeconds: number;
  /** Resident memory, in bytes. */
  readonly rssBytes: number;
  /** Open file descriptors. */
  readonly openFiles?: number;
}

/** What a target is told by environment when it starts. Source: design.md, "Targets". */
export interface TargetEnvironment {
  /** `OIDC_ISSUER`: the discovery document lies below it. */
  readonly issuer: string;
  /** `OIDC_AUDIENCE`. */
  readonly audience: string;
  /** `TZ`, a name of the IANA database; the machine's own where absent. */
  readonly timeZone?: string;
}

/** A file that a target keeps, as it is at this moment. */
export interface StoredFile {
  /** Below `DATA_DIR`, with slashes: `users/1.json`. */
  readonly name: string;
  /** Absolute, where the target itself finds it. */
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * A provider under test that answers `GET /users` with 200. Disposing of it stops what was started and removes its data;
 * a URL target is only let go. A method that the target cannot do (`can`) rejects with a `TargetError`.
 */
export interface Target extends AsyncDisposable {
  readonly spec: TargetSpec;
  /** No trailing slash. May change with `start`: read it again. */
  readonly baseUrl: string;
  readonly can: ReadonlySet<Capability>;
  /** SIGTERM, then wait for the end. Resolves to the exit code (null: ended by a signal). */
  terminate(): Promise<number | null>;
  /** SIGKILL, then wait for the end. */
  kill(): Promise<void>;
  /** Starts a stopped target on the data it left behind and waits until it is ready. */
  start(): Promise<void>;
  /** `terminate` and `start`. */
  restart(): Promise<void>;
  /** SIGSTOP and SIGCONT. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** What it has written to stdout and stderr since the first start, redacted. */
  logs(): string;
  /** Whether the raw output holds this text: `logs` masks what a check for leaked secrets must find. */
  hasLogged(text: string): boolean;
  /** All files below its `DATA_DIR`. What it keeps is surely written once it has ended. */
  storedFiles(): Promise<readonly StoredFile[]>;
  cost(): Promise<Cost>;
  /** False after it ended, by us or by itself. */
  isRunning(): boolean;
}
