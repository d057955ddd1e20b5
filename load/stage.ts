import { writeStageResult } from '../target/protocol/result.ts';
import { readSession, resultFile } from '../target/protocol/session.ts';
import { runLoad } from './run-load.ts';

/** The load stage: how fast it does it. Started by the gate; see docs/architecture.md, "The stage protocol". */
const session = readSession();
const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort(new Error('stopped by SIGTERM')));

const startedAt = new Date().toISOString();
const { checks, notes } = await runLoad(session, stopping.signal);
await writeStageResult(resultFile(session, 'load'), {
  version: 1,
  stage: 'load',
  session: session.id,
  startedAt,
  finishedAt: new Date().toISOString(),
  checks: [...checks],
  notes: [...notes],
});
