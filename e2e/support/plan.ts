import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one requirement that no file of checks holds: it is decided around them all, by `witnesses.ts`. */
export const OUTLASTS = 'USR-LIFE-037';

/** A file of checks and the declared requirements that it names. */
export interface PlannedFile {
  /** Absolute. */
  readonly path: string;
  readonly requirements: readonly string[];
}

/** Which files must run, and which declared requirements no file names. */
export interface Plan {
  readonly files: readonly PlannedFile[];
  readonly unplanned: readonly string[];
}

/**
 * Finds the files that hold a declared requirement by reading them as text: a file of other requirements is not even
 * loaded. So a check must write its id out (`'USR-<TOPIC>-<number>'`) and not build it.
 */
export function planChecks(checksDir: string, declared: readonly string[]): Plan {
  const files = globSync('**/*.check.ts', { cwd: checksDir })
    .sort()
    .map((file) => join(checksDir, file))
    .map((path) => ({ path, requirements: named(readFileSync(path, 'utf8'), declared) }))
    .filter(({ requirements }) => requirements.length > 0);
  const planned = new Set(files.flatMap(({ requirements }) => requirements));
  return { files, unplanned: declared.filter((id) => !planned.has(id)) };
}

const named = (text: string, declared: readonly string[]): string[] =>
  declared.filter((id) => text.includes(`requirement('${id}'`) || text.includes(`requirement(\n  '${id}'`));
