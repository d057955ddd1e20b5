import { writeStageResult } from '../target/protocol/result.ts';
import { readSession, resultFile } from '../target/protocol/session.ts';
import { readBrokerSettings } from './broker/settings.ts';
import { runContracts } from './run-contracts.ts';

/** The contracts stage: what a provider says. Started by the gate; see docs/architecture.md, "The stage protocol". */
const session = readSession();
const stopping = new AbortController();
// `on`, not `once`: execa ends the process by the signal when it finds that nobody else listens.
process.on('SIGTERM', () => stopping.abort(new Error('stopped by SIGTERM')));

const startedAt = new Date().toISOString();
const { checks, notes } = await runContracts(session, {
  signal: stopping.signal,
  broker: readBrokerSettings(process.env),
});
await writeStageResult(resultFile(session, 'contracts'), {
  version: 1,
  stage: 'contracts',
  session: session.id,
  startedAt,
  finishedAt: new Date().toISOString(),
  checks,
  notes,
});
