import { join } from 'node:path';
import { tellProgress } from '../target/protocol/progress.ts';
import { writeStageResult } from '../target/protocol/result.ts';
import { readSession, resultFile } from '../target/protocol/session.ts';
import { runChecks } from './support/run-checks.ts';

/** The e2e stage: what a provider does. Started by the gate; see docs/architecture.md, "The stage protocol". */
const session = readSession();
const stopping = new AbortController();
// Not once: execa's own clean-up kills this process when it finds no listener left.
process.on('SIGTERM', () => stopping.abort(new Error('stopped by SIGTERM')));

const startedAt = new Date().toISOString();
tellProgress({ done: 0, total: session.declared.e2e?.length ?? 0, label: 'starting the checks' });
const { checks, notes } = await runChecks(session, {
  checksDir: join(import.meta.dirname, 'checks'),
  signal: stopping.signal,
});
await writeStageResult(resultFile(session, 'e2e'), {
  version: 1,
  stage: 'e2e',
  session: session.id,
  startedAt,
  finishedAt: new Date().toISOString(),
  checks,
  notes,
});
