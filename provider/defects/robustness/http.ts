import { setTimeout } from 'node:timers/promises';
import { extend, isAt } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Defect } from '../defect.ts';

/** Requests that any HTTP server must understand. */
export const httpDefects: readonly Defect[] = [
  {
    name: 'head-hangs',
    sentence: 'HEAD is never answered.',
    requirement: 'USR-ROB-028',
    seed: extend((app) => {
      app.addHook('onRequest', (request, _reply, next) => {
        if (request.method !== 'HEAD') next();
      });
    }),
  },
  {
    name: 'query-is-404',
    sentence: 'A path with a query is answered with 404.',
    requirement: 'USR-SNAP-001',
    seed: extend((app) => {
      app.addHook('onRequest', async (request) => {
        if (request.url.includes('?')) throw new Problem(404, 'There is nothing here.');
      });
    }),
  },
  {
    name: 'chunked-is-refused',
    sentence: 'A body without a length is refused.',
    requirement: 'USR-AUTH-001',
    seed: extend((app) => {
      app.addHook('onRequest', async (request) => {
        if (request.headers['transfer-encoding']) throw new Problem(411, 'A length is needed.');
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
    name: 'anything-is-200',
    sentence: 'A path that it does not know is answered with 200 and a page.',
    requirement: 'USR-ROB-001',
    seed: extend((app) => {
      app.addHook('onSend', async (request, reply, payload) => {
        if (reply.statusCode !== 404 || request.routeOptions.url !== undefined) return payload;
        reply.code(200).type('text/html');
        return '<!doctype html><title>Users</title>';
      });
    }),
  },
  {
    name: 'any-method-is-200',
    sentence: 'DELETE /users is answered with 200.',
    requirement: 'USR-LIFE-017',
    seed: extend((app) => {
      app.addHook('onSend', async (_request, reply, payload) => {
        if (reply.statusCode === 405) reply.code(200);
        return payload;
      });
    }),
  },
  {
    name: 'connection-is-reset',
    sentence: 'Every fifth answer of a connection is followed by a reset, without having said so.',
    requirement: 'USR-ROB-030',
    seed: extend((app) => {
      app.server.on('connection', (socket) => {
        let answers = 0;
        socket.on('answered', () => {
          answers += 1;
          if (answers % 5 === 0) socket.resetAndDestroy();
        });
      });
      app.addHook('onResponse', async (request) => {
        request.raw.socket.emit('answered');
      });
    }),
  },
  {
    name: 'answer-is-cut-off',
    sentence: 'The connection ends before a long answer is out.',
    requirement: 'USR-SNAP-001',
    seed: extend((app) => {
      app.addHook('onSend', async (request, reply, payload) => {
        if (!isAt(request, 'snapshot') || !Buffer.isBuffer(payload) || payload.length < 400) return payload;
        reply.hijack();
        reply.raw.writeHead(reply.statusCode, { 'content-type': 'application/json', 'content-length': payload.length });
        reply.raw.write(payload.subarray(0, -100), () => reply.raw.destroy());
        return payload;
      });
    }),
  },
  {
    name: 'second-request-hangs',
    sentence: 'A second request on a connection is not answered while the first one has not been read.',
    requirement: 'USR-ROB-031',
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
