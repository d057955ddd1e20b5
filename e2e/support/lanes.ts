import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readSession } from '../../target/protocol/session.ts';
import { writeReport } from './reports.ts';

/**
 * Check files run in lanes, side by side: a lane is one file to Jest, and loads its check files itself. Jest loads every module
 * anew for each of its files, which costs more than most checks do.
 */
export const LANES: readonly string[] = ['first', 'second'].map((name) =>
  join(import.meta.dirname, '..', 'lanes', `${name}.lane.ts`),
);

/** Topics that come after all others, in this order: what may end a weak target, then what ends a target of its own. */
const LAST = ['robustness', 'durability', 'faults'];

const rank = (path: string): number => LAST.indexOf(basename(dirname(path)));

/** Deals the files out to so many lanes, in their order: what disturbs nobody first, by name. Pure. */
export function dealFiles(paths: readonly string[], lanes: number): string[][] {
  const ordered = [...paths].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  return Array.from({ length: lanes }, (_, lane) => ordered.filter((_path, index) => index % lanes === lane));
}

const laneFile = (dir: string): string => join(dir, 'e2e', 'lanes.json');

/** Tells the lanes, which run in other processes, what is theirs. `dir` is the run's temporary folder. */
export function writeLanes(dir: string, lanes: readonly (readonly string[])[]): void {
  mkdirSync(dirname(laneFile(dir)), { recursive: true });
  writeFileSync(laneFile(dir), JSON.stringify(lanes));
}

/** Loads the check files of one lane; each registers its checks. One that cannot be loaded is reported and stops no other. */
export async function loadChecks(lane: number): Promise<void> {
  const { dir } = readSession();
  const paths: string[] = JSON.parse(readFileSync(laneFile(dir), 'utf8'))[lane] ?? [];
  for (const path of paths) {
    try {
      await import(path);
    } catch (error) {
      writeReport(dir, { unloaded: path, message: String(error) });
    }
  }
}
