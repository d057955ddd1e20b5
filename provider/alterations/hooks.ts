import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { components } from '../../contracts/openapi.d.ts';
import type { createHandlers } from '../handlers.ts';
import type { Alteration } from '../run.ts';
import type { Settings } from '../settings.ts';
import type { Snapshots } from '../snapshot.ts';
import type { Store } from '../store.ts';
import type { User } from '../user.ts';
import type { Verifier } from '../verifier.ts';

/** Where the provider can be altered. Each gives an alteration; what it does not mention stays as it was. */

export type UserProfile = components['schemas']['UserProfile'];
export type Handlers = ReturnType<typeof createHandlers>;

/** Several alterations, the first innermost. */
export const both =
  (...alterations: readonly Alteration[]): Alteration =>
  (parts, settings) =>
    alterations.reduce((altered, alter) => alter(altered, settings), parts);

/** Another profile on the wire, wherever one is sent. */
export const profile =
  (alter: (profile: UserProfile, user: User) => unknown): Alteration =>
  (parts) => {
    const { serialize } = parts;
    return {
      ...parts,
      serialize: (user) => Buffer.from(JSON.stringify(alter(JSON.parse(serialize(user).toString()), user))),
    };
  };

export const store =
  (change: (store: Store, settings: Settings) => Partial<Store>): Alteration =>
  (parts, settings) => ({ ...parts, store: { ...parts.store, ...change(parts.store, settings) } });

export const verifier =
  (change: (verify: Verifier, settings: Settings) => Verifier): Alteration =>
  (parts, settings) => ({ ...parts, verify: change(parts.verify, settings) });

export const snapshots =
  (change: (snapshots: Snapshots, store: Store) => Partial<Snapshots>): Alteration =>
  (parts) => {
    const create = parts.snapshots;
    return {
      ...parts,
      snapshots: (users, serialize) => {
        const own = create(users, serialize);
        return { ...own, ...change(own, users) };
      },
    };
  };

export const handlers =
  (change: (own: Handlers, store: Store, snapshots: Snapshots) => Partial<Handlers>): Alteration =>
  (parts) => {
    const create = parts.handlers;
    return {
      ...parts,
      handlers: (given, prepared) => {
        const own = create(given, prepared);
        return { ...own, ...change(own, given.store, prepared) };
      },
    };
  };

/** Adds to the app before its guards and routes. */
export const extend =
  (add: (app: FastifyInstance, settings: Settings) => void): Alteration =>
  (parts, settings) => ({
    ...parts,
    extend: (app) => {
      parts.extend?.(app);
      add(app, settings);
    },
  });

/** The operations by the router's words. */
const ROUTES = {
  snapshot: 'GET /users',
  one: 'GET /users/:user',
  disconnect: 'POST /users/:user/disconnect',
  authenticate: 'POST /users/authenticate/from_token',
} as const;
export type Operation = keyof typeof ROUTES;

export const isAt = (request: FastifyRequest, ...operations: readonly Operation[]): boolean =>
  operations.some((name) => ROUTES[name] === `${request.method} ${request.routeOptions.url}`);

/** The bytes of a body, which the provider sends as text where that is quicker; undefined for none and for a stream. */
export const bytesOf = (payload: unknown): Buffer | undefined =>
  Buffer.isBuffer(payload) ? payload : typeof payload === 'string' ? Buffer.from(payload) : undefined;

/** Alters what these operations answer when all went well. */
export const answer = (
  operations: Operation | readonly Operation[],
  alter: (body: Buffer, reply: FastifyReply, request: FastifyRequest) => string | Buffer,
): Alteration =>
  extend((app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      const bytes = bytesOf(payload);
      if (reply.statusCode !== 200 || !bytes || !isAt(request, ...[operations].flat())) return payload;
      return alter(bytes, reply, request);
    });
  });

/** The same, for the JSON in it. */
export const json = (
  operations: Operation | readonly Operation[],
  // biome-ignore lint/suspicious/noExplicitAny: what a faulty provider does to its answer is nobody's type
  alter: (value: any, reply: FastifyReply, request: FastifyRequest) => unknown,
): Alteration =>
  answer(operations, (body, reply, request) => JSON.stringify(alter(JSON.parse(body.toString()), reply, request)));

/** The same bytes, said to be something else. */
export const sentAs = (operations: Operation | readonly Operation[], type: string): Alteration =>
  answer(operations, (body, reply) => {
    reply.type(type);
    return body;
  });

/** Runs before the guards see a request. */
export const before = (
  act: (request: FastifyRequest, reply: FastifyReply, settings: Settings) => unknown,
): Alteration =>
  extend((app, settings) => {
    app.addHook('onRequest', async (request, reply) => act(request, reply, settings));
  });

/** Rewrites requests before they are routed. */
export const rewrites =
  (rewrite: (url: string, method: string) => { url?: string; method?: string } | undefined): Alteration =>
  (parts) => ({
    ...parts,
    options: {
      ...parts.options,
      rewriteUrl(request) {
        const { url = request.url ?? '/', method = request.method ?? 'GET' } =
          rewrite(request.url ?? '/', request.method ?? 'GET') ?? {};
        request.method = method;
        return url;
      },
    },
  });

/** Something asynchronous happens here, in milliseconds. */
export const pause = (ms: number): Promise<void> => setTimeout(ms);
