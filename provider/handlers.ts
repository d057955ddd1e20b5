import type { FastifyReply, FastifyRequest } from 'fastify';
import type { components } from '../contracts/openapi.d.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problem.ts';
import type { Prepared, Snapshots } from './snapshot.ts';
import type { User } from './user.ts';

type ById = FastifyRequest<{ Params: { user: string } }>;
type SignIn = FastifyRequest<{ Body: components['schemas']['OAuthToken'] | undefined }>;

// RFC 9110 section 11.6.1: a 401 says how to be authenticated.
const NO_TOKEN = { headers: { 'www-authenticate': 'Bearer' } };
const JSON_TYPE = 'application/json; charset=utf-8';

/** Up to so many bytes a body is sent as text, which Node writes in one go with the head; bytes take a second write. */
const ONE_WRITE = 16 * 1024;

/** The four operations, by the ids of the OpenAPI document. */
export function createHandlers({ store, verify, clock }: Parts, snapshots: Snapshots) {
  const sendTagged = (request: FastifyRequest, reply: FastifyReply, { bytes, etag }: Prepared) => {
    reply.header('etag', etag);
    if (holds(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.header('content-type', JSON_TYPE).send(bytes.length <= ONE_WRITE ? bytes.toString() : bytes);
  };
  const find = (request: ById): User => {
    const user = store.find(request.params.user);
    if (!user) throw new Problem(404, 'There is no such user.');
    return user;
  };

  return {
    // No promise: this is asked more often than all else.
    users_snapshot: (request: FastifyRequest, reply: FastifyReply): void => {
      sendTagged(request, reply, snapshots.current());
    },

    users_specific_user_snapshot: async (request: ById, reply: FastifyReply) =>
      sendTagged(request, reply, snapshots.one(find(request))),

    users_disconnect_user: async (request: ById, reply: FastifyReply) => {
      store.remove(find(request).id);
      snapshots.changed();
      return reply.type(JSON_TYPE).send(snapshots.current().bytes);
    },

    authenticate_from_oauth_token: async (request: SignIn, reply: FastifyReply) => {
      const token = request.body?.access_token ?? tokenOfHeader(request.headers.authorization);
      if (!token) throw new Problem(401, 'There is no access token in the body or the Authorization header.', NO_TOKEN);
      const user = store.signIn(await verify(token), clock.now());
      snapshots.changed();
      return reply.type(JSON_TYPE).send(snapshots.profile(user));
    },
  };
}

/** The TypeScript client sends the bare token, others put `Bearer` in front. */
const tokenOfHeader = (value: string | undefined): string | undefined => value?.replace(/^Bearer +/i, '').trim();

/** Whether a client that sent this If-None-Match has what the tag stands for. Source: RFC 9110 section 13.1.2. */
const holds = (condition: string | undefined, etag: string): boolean =>
  condition !== undefined &&
  (condition === etag || condition.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim())));
