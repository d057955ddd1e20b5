import { finished } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import { both, extend, handlers, isAt, type Operation } from '../alterations/hooks.ts';
import { Problem } from '../problem.ts';
import type { Alteration } from '../run.ts';
import type { Variant } from './variant.ts';

/** Refuses with other statuses: `from` as the reference provider has them, at these operations or anywhere. */
const statuses = (to: Readonly<Record<number, number>>, ...at: readonly Operation[]): Alteration =>
  extend((app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      const status = at.length === 0 || isAt(request, ...at) ? to[reply.statusCode] : undefined;
      if (status === undefined) return payload;
      reply.code(status).removeHeader('www-authenticate');
      return payload;
    });
  });

/** Refusals say something else, of another type. */
const refusals = (body: (status: number) => string, type: string | undefined): Alteration =>
  extend((app) => {
    app.addHook('onSend', async (_request, reply: FastifyReply, payload) => {
      if (reply.statusCode < 400) return payload;
      if (type) reply.type(type);
      else reply.removeHeader('content-type');
      return body(reply.statusCode);
    });
  });

/** A disconnect of nobody answers the users as they are. */
const secondDisconnectIs200 = handlers((own, users, snapshots) => ({
  users_disconnect_user: async (request, reply) =>
    users.find(request.params.user)
      ? own.users_disconnect_user(request, reply)
      : reply.type('application/json').send(snapshots.current().bytes),
}));

/** The Authorization header signs nobody in. */
const headerIsNotRead = extend((app) => {
  app.addHook('preHandler', async (request) => {
    if (isAt(request, 'authenticate') && !request.body) throw new Problem(400, 'A body is needed.');
  });
});

/** A body that is too long, and few are longer than 16 KB, ends the connection without an answer. */
const closesOnLongBody = both(
  (parts) => ({ ...parts, options: { ...parts.options, bodyLimit: 16 * 1024 } }),
  extend((app) => {
    app.addHook('onError', async (request, _reply, { statusCode }) => {
      if (statusCode === 413) request.raw.socket.destroy();
    });
  }),
);

/** A body that is too long is read to its end, wherever that is, and thrown away; then it is refused. */
const readsLongBody = extend((app) => {
  app.addHook('onError', async ({ raw }, _reply, { statusCode }) => {
    if (statusCode === 413) await finished(raw.resume(), { writable: false }).catch(() => {});
  });
});

/** Other statuses and other bodies where the provider refuses. */
export const refusalVariants: readonly Variant[] = [
  {
    name: 'gone-is-410',
    sentence: 'Who is unknown is 410, a second disconnect 200 unchanged, a bad token 403; refusals are plain text.',
    allowedBy: [
      'unknown id: 400, 404, 410 or 422',
      'a second disconnect: 200 unchanged or a 4xx',
      'invalid token: 400, 401, 403 or 422',
      'error bodies: problem+json, plain text, empty',
    ],
    profile: 'hardened',
    alter: both(
      secondDisconnectIs200,
      statuses({ 404: 410 }, 'one'),
      statuses({ 401: 403 }, 'authenticate'),
      refusals((status) => `Error ${status}\n`, 'text/plain; charset=utf-8'),
    ),
  },
  {
    name: 'refused-is-422',
    sentence: 'Who is unknown, a bad token, a bad body and no body are 422, a foreign Host is 403; refusals are empty.',
    allowedBy: [
      'unknown id: 400, 404, 410 or 422',
      'invalid token: 400, 401, 403 or 422',
      'authenticate without a body: a 4xx',
      'error bodies: problem+json, plain text, empty',
      'foreign Host: 400, 403 or 421',
    ],
    profile: 'hardened',
    alter: both(
      statuses({ 421: 403 }),
      statuses({ 404: 422 }, 'one', 'disconnect'),
      statuses({ 400: 422, 401: 422 }, 'authenticate'),
      refusals(() => '', undefined),
    ),
  },
  {
    name: 'refused-is-400',
    sentence:
      'Whatever is refused is 400 with JSON of its own, also a foreign Host and, once read, a long body; no header signs in.',
    allowedBy: [
      'unknown id: 400, 404, 410 or 422',
      'invalid token: 400, 401, 403 or 422',
      'authenticate without a body: a 4xx',
      'oversized body: 413, 400 or a closed connection',
      'foreign Host: 400, 403 or 421',
    ],
    profile: 'hardened',
    alter: both(
      headerIsNotRead,
      readsLongBody,
      statuses({ 401: 400, 413: 400, 415: 400, 421: 400 }),
      statuses({ 404: 400 }, 'one', 'disconnect'),
      refusals((status) => JSON.stringify({ error: { code: status, message: 'refused' } }), 'application/json'),
    ),
  },
  {
    name: 'no-head-no-413',
    sentence: 'HEAD is 405, and a body of more than 16 KB ends the connection.',
    allowedBy: ['oversized body: 413, 400 or a closed connection', 'Operations: GET and POST'],
    profile: 'hardened',
    alter: both(
      closesOnLongBody,
      extend((app) => {
        app.addHook('onRequest', async ({ method, url }) => {
          if (method === 'HEAD' && url.startsWith('/users'))
            throw new Problem(405, 'This method is not allowed here.', { headers: { allow: 'GET' } });
        });
      }),
    ),
  },
];
