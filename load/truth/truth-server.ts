import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Delay } from './delays.ts';
import { FakeUsers } from './users.ts';

/** A provider whose latency is known: what the load stage says of it can be held against the truth. */
export interface TruthServer extends AsyncDisposable {
  readonly url: string;
  /** How long each request was held, from its last byte read to its answer, in milliseconds, in the order of the answers. */
  readonly heldMs: readonly number[];
}

/** Starts it on a free port. It checks no token and keeps nothing. */
export async function startTruthServer(delay: Delay, host = '127.0.0.1', port = 0): Promise<TruthServer> {
  const users = new FakeUsers();
  const heldMs: number[] = [];
  const startedAt = performance.now();
  let requests = 0;

  const server = createServer(async (request, response) => {
    const body = request.method === 'POST' ? await text(request) : '';
    const arrivedAt = performance.now();
    await holdUntil(arrivedAt + delay(requests++, arrivedAt - startedAt));
    const answer = users.answer(request.method ?? '', request.url ?? '', body);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    heldMs.push(performance.now() - arrivedAt);
  });
  await new Promise<void>((resolve) => server.listen(port, host, 4096, resolve));
  const { port: bound } = server.address() as AddressInfo;

  return {
    url: `http://${host}:${bound}`,
    heldMs,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Timers may fire a millisecond late: sleep short of the moment, then yield until it is there. */
async function holdUntil(moment: number): Promise<void> {
  const sleepMs = moment - performance.now() - 1.5;
  if (sleepMs > 0) await new Promise((resolve) => setTimeout(resolve, sleepMs));
  while (performance.now() < moment) await new Promise((resolve) => setImmediate(resolve));
}
