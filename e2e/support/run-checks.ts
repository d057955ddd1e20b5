import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from '../../target/protocol/result.ts';
import type { Session } from '../../target/protocol/session.ts';
import { crossCheck } from './cross-check.ts';
import { dealFiles, LANES, writeLanes } from './lanes.ts';
import { OUTLASTS, planChecks } from './plan.ts';
import { readReports } from './reports.ts';
import { runJest } from './run-jest.ts';
import { seedOf } from './seed.ts';

/**
 * Runs every check below `checksDir` that decides a declared requirement and answers with all results, contradictions
 * between the checks' reports and Jest's own results included. Throws where not even that can be told.
 */
export async function runChecks(
  session: Session,
  options: { checksDir: string; signal: AbortSignal },
): Promise<{ checks: CheckResult[]; notes: string[] }> {
  const declared = session.declared.e2e ?? [];
  const plan = planChecks(
    options.checksDir,
    declared.filter((id) => id !== OUTLASTS),
  );
  const files = plan.files.map(({ path }) => path);
  const sessionFile = await copySession(session);
  // Without claims of our choice every check signs the same user in: they would undo each other's work.
  const serial = !session.target.can.includes('claims');
  const lanes = dealFiles(files, serial ? 1 : LANES.length).filter((lane) => lane.length > 0);
  writeLanes(session.dir, lanes);
  await using witnesses = declared.includes(OUTLASTS) ? await callWitnesses(session) : undefined;
  const jest = await runJest(LANES.slice(0, lanes.length), { ...options, sessionFile, dir: session.dir, serial });
  const reports = readReports(session.dir);
  const checks = reports.flatMap((report) => ('check' in report ? [report.check] : []));
  const notes = reports.flatMap((report) => ('note' in report ? [report.note] : []));
  const unloaded = new Map(
    reports.flatMap((report) => ('unloaded' in report ? [[report.unloaded, report.message] as const] : [])),
  );
  return {
    checks: [...crossCheck(plan, checks, jest, unloaded), ...(witnesses ? [await witnesses.decide()] : [])],
    notes: [`e2e: seed ${seedOf(session)} (the option seed replays it)`, ...new Set(notes)],
  };
}

/** Loaded where they are asked for: most of what this process would load is theirs. */
async function callWitnesses(session: Session) {
  const { Witnesses } = await import('./witnesses.ts');
  return Witnesses.call(session);
}

/** Jest's workers read the session from a file of their own, whoever called us. */
async function copySession(session: Session): Promise<string> {
  const file = join(session.dir, 'e2e', 'session.json');
  await mkdir(join(session.dir, 'e2e'), { recursive: true });
  await writeFile(file, JSON.stringify(session), { mode: 0o600 });
  return file;
}
