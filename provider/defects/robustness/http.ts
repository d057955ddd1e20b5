import { setTimeout } from 'node:timers/promises';
import { bytesOf, extend, isAt } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Defect } from '../defect.ts';

const HEALTH = '/.well-known/health';

/** Requests that any HTTP server must understand. */
export const httpDefects: readonly Defect[] = [
  {
    name: 'options-disconnects',
    sentence: 'OPTIONS on the path of disconnect does what POST does.',
    requirement: 'USR-ROB-028',
    seed: (parts, settings) =>
      extend((app) => {
        app.options<{ Params: { user: string } }>('/users/:user/disconnect', async (request, reply) => {
          parts.store.remove(request.params.user);
          return reply.send();
        });
      })(parts, settings),
  },
  {
    name: 'health-is-json',
    sentence: 'The health is told as JSON.',
    requirement: 'USR-ROB-047',
    seed: extend((app) => {
      app.addHook('onSend', async (request, reply, payload) => {
        if (request.url !== HEALTH) return payload;
        reply.type('application/json');
        return '{"status":"ok"}';
      });
    }),
  },
  {
    name: 'health-is-told-by-get-only',
    sentence: 'HEAD on the path of the health is refused.',
    requirement: 'USR-ROB-047',
    seed: extend((app) => {
      app.addHook('onRequest', async ({ method, url }) => {
        if (method === 'HEAD' && url === HEALTH) throw new Problem(405, 'Ask by GET.');
      });
    }),
  },
  {
    name: 'health-asks-issuer',
    sentence: 'The server asks its issuer, for as long as three seconds, before it tells its health.',
    requirement: 'USR-FAULT-048',
    seed: extend((app, { issuer }) => {
      app.addHook('onRequest', async ({ url }) => {
        if (url !== HEALTH) return;
        await fetch(new URL('/.well-known/openid-configuration', issuer), {
          signal: AbortSignal.timeout(3_000),
        }).catch(() => undefined);
      });
    }),
  },
  {
    name: 'head-hangs',
    sentence: 'HEAD is never answered.',
    requirement: 'USR-ROB-029',
    seed: extend((app) => {
      app.addHook('onRequest', (request, _reply, next) => {
        if (request.method !== 'HEAD') next();
      });
    }),
  },
  {
    name: 'expect-hangs',
    sentence: 'A client that waits for 100 Continue waits for ever.',
    requirement: 'USR-ROB-033',
    seed: extend((app) => app.server.on('checkContinue', () => undefined)),
  },
  {
    name: 'disconnect-needs-json',
    sentence: 'Disconnecting without a JSON content type is refused.',
    requirement: 'USR-DISC-001',
    seed: extend((app) => {
      app.addHook('onRequest', async (request) => {
        if (isAt(request, 'disconnect') && !request.headers['content-type']?.startsWith('application/json')) {
          throw new Problem(415, 'The body must be application/json.');
        }
      });
    }),
  },
  {
    name: 'answer-is-cut-off',
    sentence: 'The connection ends before a long answer is out.',
    requirement: 'USR-SNAP-001',
    seed: extend((app) => {
      app.addHook('onSend', async (request, reply, payload) => {
        const bytes = bytesOf(payload);
        if (!isAt(request, 'snapshot') || !bytes || bytes.length < 400) return payload;
        reply.hijack();
        reply.raw.writeHead(reply.statusCode, { 'content-type': 'application/json', 'content-length': bytes.length });
        reply.raw.write(bytes.subarray(0, -100), () => reply.raw.destroy());
        return payload;
      });
    }),
  },
  {
    name: 'pipelined-is-dropped',
    sentence: 'A request that comes before the answer to the one before it is never answered.',
    requirement: 'USR-ROB-031',
    seed: extend((app) => {
      const busy = new WeakSet<object>();
      app.addHook('onRequest', (request, reply, next) => {
        const { socket } = request.raw;
        if (busy.has(socket)) return;
        busy.add(socket);
        reply.raw.once('finish', () => busy.delete(socket));
        setImmediate(next);
      });
    }),
  },
  {
    name: 'third-snapshot-crashes',
    sentence: 'The third snapshot that is read ends the provider.',
    requirement: 'USR-ROB-001',
    seed: extend((app) => {
      let read = 0;
      app.addHook('preHandler', async (request) => {
        if (isAt(request, 'snapshot')) read += 1;
        if (read === 3) process.exit(1);
      });
    }),
  },
  {
    name: 'second-request-hangs',
    sentence: 'A second request on a connection is not answered while the first one has not been read.',
    requirement: 'USR-ROB-030',
    seed: extend((app) => {
      const seen = new WeakSet<object>();
      app.addHook('onRequest', async (request) => {
        const { socket } = request.raw;
        if (seen.has(socket) && request.method === 'POST') await setTimeout(60_000);
        seen.add(socket);
      });
    }),
  },
];
