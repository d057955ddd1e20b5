import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../../target/ledger.ts';
import type { Session } from '../../target/protocol/session.ts';
import { signOutOurs } from './left-as-found.ts';

const PREFIX = 'assay-run-';

/** The run's temporary folder. Disposing of it ends every process of the run that still lives and removes the folder. */
export interface RunFolder extends AsyncDisposable {
  readonly dir: string;
}

/** Makes the folder of a run, and first sweeps those of runs that were killed before they could clean up. */
export async function openRunFolder(): Promise<RunFolder> {
  await sweepDeadRuns();
  const dir = await mkdtemp(join(tmpdir(), PREFIX));
  await writeFile(join(dir, 'gate.pid'), String(process.pid));
  return {
    dir,
    async [Symbol.asyncDispose]() {
      await sweep(dir);
    },
  };
}

async function sweepDeadRuns(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    const pid = Number(await readFile(join(dir, 'gate.pid'), 'utf8').catch(() => 'none'));
    if (Number.isInteger(pid) && pid > 0 && !isAlive(pid)) await sweepDeadRun(dir);
  }
}

/** The answer to a sign-in can be lost with the process that waited for it: such a user stands in no ledger, but bears its run's name. */
async function sweepDeadRun(dir: string): Promise<void> {
  const session: Session | undefined = await readFile(join(dir, 'session.json'), 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  await new Ledger(dir).sweep();
  if (session) await signOutOurs(session.target.baseUrl, session.id);
  await rm(dir, { recursive: true, force: true, maxRetries: 3 });
}

async function sweep(dir: string): Promise<void> {
  await new Ledger(dir).sweep();
  await rm(dir, { recursive: true, force: true, maxRetries: 3 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and another user's
  }
}
