import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import getPort from 'get-port';
import { TargetError } from './error.ts';

const HOST = '127.0.0.1';
/** Below the ports that systems give to outgoing connections: a busy suite opens thousands, and any could take a port away. */
const FIRST = 12_000;
const PAIRS = 10_000;
const TRIES = 100;

/** A port of 127.0.0.1 to listen on. Nobody else of us, in this run or another, is given it until it is disposed of. */
export interface ReservedPort extends Disposable {
  readonly port: number;
}

/**
 * Reserves a free port: holds the one above it, which ends with this process at the latest. A port is free until the server that
 * it was chosen for listens. Two servers could be given the same; the second then dies, and whoever waits for it finds the first.
 * Throws a TargetError (TARGET_CANNOT) where no port is free.
 */
export async function reservePort(): Promise<ReservedPort> {
  for (let at = 0; at < TRIES; at += 1) {
    const port = FIRST + 2 * Math.floor(Math.random() * PAIRS);
    const guard = await hold(port + 1);
    if (!guard) continue;
    if ((await getPort({ host: HOST, port })) === port) return { port, [Symbol.dispose]: () => guard.close() };
    guard.close();
  }
  throw new TargetError('TARGET_CANNOT', `no free port of ${HOST} was found in ${TRIES} tries from ${FIRST} on`);
}

/** Keeps a port from others, and no process alive; undefined where somebody has it. */
async function hold(port: number): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy()).unref();
  server.listen({ host: HOST, port, exclusive: true });
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
