import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Toxiproxy } from 'toxiproxy-node-client';
import { Ledger } from '../../../../target/ledger.ts';
import { LogFile } from '../../../../target/log-file.ts';
import type { Session } from '../../../../target/protocol/session.ts';
import { reservePort } from '../../../../target/reserved-port.ts';
import { StartedProcess } from '../../../../target/started-process.ts';
import { NotOffered } from '../../cannot-tell.ts';

const HOST = '127.0.0.1';
const READY_WITHIN_MS = 20_000;
const END_WITHIN_MS = 2_000;

/** A Toxiproxy that runs, and how to talk to it. */
export interface ToxiproxyServer extends AsyncDisposable {
  readonly client: Toxiproxy;
}

/** Starts a Toxiproxy of its own for a check. Throws NotOffered where the gate found none: the check is then skipped. */
export async function startToxiproxy(session: Session): Promise<ToxiproxyServer> {
  const { toxiproxy, noToxiproxy } = (session.options.e2e ?? {}) as { toxiproxy?: string; noToxiproxy?: string };
  if (!toxiproxy) throw new NotOffered(`this machine has no Toxiproxy to make a bad link with: ${noToxiproxy}`);
  const home = await mkdtemp(join(session.dir, 'toxiproxy-'));
  const log = new LogFile(join(home, 'output.log'));
  const reserved = await reservePort();
  const command = [toxiproxy, '-host', HOST, '-port', String(reserved.port)];
  const server = await StartedProcess.start({ command, cwd: home, env: { LOG_LEVEL: 'warn' }, log });
  const ledger = new Ledger(session.dir);
  ledger.recordProcess(server.pid);

  const end = async () => {
    await server.end(END_WITHIN_MS);
    reserved[Symbol.dispose]();
    ledger.forgetProcess(server.pid);
  };
  const client = new Toxiproxy(`http://${HOST}:${reserved.port}`);
  try {
    await untilItAnswers(client, server);
    return { client, [Symbol.asyncDispose]: end };
  } catch (cause) {
    await end();
    throw new Error(`Toxiproxy did not start: ${log.tail()}`, { cause });
  }
}

async function untilItAnswers(client: Toxiproxy, server: StartedProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      await client.getVersion();
      return;
    } catch (error) {
      if (!server.isRunning() || performance.now() > deadline) throw error;
    }
    await sleep(10);
  }
}
