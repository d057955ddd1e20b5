import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { buildToxiproxy, PINNED } from './build.ts';

/** A Toxiproxy server that runs here: the program, its version, and where it was found. */
export interface Toxiproxy {
  readonly path: string;
  readonly version: string;
  readonly from: 'PATH' | 'cache' | 'build';
}

/** What the caller knows of the environment: `e2e/` reads none of it. */
export interface FindToxiproxyOptions {
  /** `PATH`. */
  readonly searchPath: string;
  /** The project's cache folder, absolute. */
  readonly cache: string;
  /** False: only say what is there, build nothing (`./assay doctor`). */
  readonly mayBuild?: boolean;
  readonly tell?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Finds `toxiproxy-server` on PATH or in the cache, or builds it. Rejects where it cannot be had; the message says why. */
export async function findToxiproxy(options: FindToxiproxyOptions): Promise<Toxiproxy> {
  const { searchPath, cache, mayBuild = true, tell = () => {}, signal } = options;
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const path = join(folder, 'toxiproxy-server');
    const version = await versionOf(path);
    if (version) return { path, version, from: 'PATH' };
  }
  const built = join(cache, `toxiproxy-${PINNED}`);
  const version = await versionOf(built);
  if (version) return { path: built, version, from: 'cache' };
  if (!mayBuild) throw new Error(`no toxiproxy-server on PATH or in ${cache}`);
  tell(`building Toxiproxy ${PINNED} with Go (once)`);
  await buildToxiproxy(built, signal);
  return { path: built, version: PINNED, from: 'build' };
}

/** The version it says it is, e.g. `2.12.0` or `git`; undefined where there is none that runs. */
async function versionOf(path: string): Promise<string | undefined> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const { stdout } = await execa(path, ['--version'], { reject: false, timeout: 10_000, stdin: 'ignore' });
  return /^toxiproxy-server version (\S+)/.exec(stdout)?.[1];
}
