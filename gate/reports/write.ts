import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/options.ts';
import { NoEvidenceError } from '../errors.ts';
import type { Run } from '../verdict/model.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';

const WRITERS: Readonly<Record<string, (run: Run, config: Config) => string>> = {
  'report.json': jsonReport,
  'junit.xml': junitReport,
  'report.md': markdownReport,
  'report.html': htmlReport,
};

/** Writes every report file. One that throws does not keep the others from being written; all faults are told at the end. */
export async function writeReports(run: Run, config: Config, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const written = await Promise.allSettled(
    Object.entries(WRITERS).map(async ([name, write]) => writeFile(join(folder, name), write(run, config))),
  );
  const faults = written.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  if (faults.length > 0) throw new NoEvidenceError(`cannot write all reports to ${folder}: ${faults.join('; ')}`);
}
