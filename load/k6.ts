import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { buildK6 } from './tool/build.ts';
import { IMAGE, wrapImage } from './tool/image.ts';
import { isUsable, PINNED, versionOf } from './tool/version.ts';

/** Where a k6 was found. */
export type K6Origin = 'K6_BIN' | 'PATH' | 'cache' | 'build' | 'image';

/** A k6 that runs the scripts: the program, its version (`2.2.0`) and where it is from. */
export interface K6 {
  readonly path: string;
  readonly version: string;
  readonly from: K6Origin;
}

/** What the caller knows of the environment: `load/` reads none of it. */
export interface FindK6Options {
  /** `K6_BIN`: the user's choice; one that does not run is an error, not a reason to look further. */
  readonly asked?: string | undefined;
  /** `PATH`. */
  readonly searchPath?: string | undefined;
  /** The project's cache folder, absolute. */
  readonly cache: string;
  /** The temporary folder that a container may read and write. */
  readonly temporary: string;
  /** False: only say what is there; build and pull nothing (`./assay doctor`). */
  readonly mayGet?: boolean;
  readonly tell?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** No k6 could be had. The message says what was tried and what to do. */
export class NoK6Error extends Error {
  readonly code = 'K6_NOT_FOUND';
}

/** Finds k6, or gets it. Source of the order: docs/decisions/k6.md. Rejects with `NoK6Error`. */
export async function findK6(options: FindK6Options): Promise<K6> {
  const { asked, searchPath = '', cache, temporary, mayGet = true, tell = () => {}, signal } = options;
  if (asked) {
    const version = await versionOf(asked);
    if (isUsable(version)) return { path: asked, version, from: 'K6_BIN' };
    throw new NoK6Error(`K6_BIN=${asked} is ${version ? `k6 ${version}` : 'no k6 that runs here'}: k6 2.x is needed`);
  }

  const found = await firstUsable(
    searchPath
      .split(delimiter)
      .filter(Boolean)
      .map((dir) => join(dir, 'k6')),
  );
  if (found) return { ...found, from: 'PATH' };

  const built = join(cache, `k6-${PINNED}`);
  const cached = await firstUsable([built]);
  if (cached) return { ...cached, from: 'cache' };
  if (!mayGet) throw new NoK6Error(`no k6 2.x on PATH or in ${cache}`);

  tell(`building k6 ${PINNED} with Go (once)`);
  const noBuild = await reasonOf(buildK6(built, signal));
  if (noBuild === undefined) return { path: built, version: PINNED, from: 'build' };

  const wrapper = `${built}-image`;
  tell(`Go cannot build k6 (${noBuild}); trying the image ${IMAGE}`);
  const noImage = await reasonOf(wrapImage(wrapper, temporary));
  if (noImage === undefined) return { path: wrapper, version: PINNED, from: 'image' };

  throw new NoK6Error(
    `k6 2.x is needed for the load stage: set K6_BIN, put k6 on PATH, or install Go or Docker (go build: ${noBuild}; docker: ${noImage})`,
  );
}

async function firstUsable(paths: readonly string[]): Promise<{ path: string; version: string } | undefined> {
  for (const path of paths) {
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    const version = there ? await versionOf(path) : undefined;
    if (isUsable(version)) return { path, version };
  }
  return undefined;
}

const reasonOf = (work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: Error) => error.message.trim().split('\n')[0] ?? 'unknown reason',
  );
