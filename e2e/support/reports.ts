import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../target/protocol/result.ts';

/** What the checks leave behind for the stage: one JSON line each, in one file per Jest worker. */
export type Report =
  | { readonly check: CheckResult }
  | { readonly note: string }
  /** A file of checks that could not be loaded, and why. */
  | { readonly unloaded: string; readonly message: string };

const folder = (dir: string): string => join(dir, 'e2e', 'reports');

/** Appends a report. `dir` is the run's temporary folder. Synchronous: what was reported survives the worker's end. */
export function writeReport(dir: string, report: Report): void {
  mkdirSync(folder(dir), { recursive: true });
  appendFileSync(join(folder(dir), `${process.pid}.jsonl`), `${JSON.stringify(report)}\n`, { mode: 0o600 });
}

/** Reads every whole report; the last line of a worker that died while writing it is left out. */
export function readReports(dir: string): Report[] {
  mkdirSync(folder(dir), { recursive: true });
  return readdirSync(folder(dir)).flatMap((file) => {
    const text = readFileSync(join(folder(dir), file), 'utf8');
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Report => JSON.parse(line));
  });
}
