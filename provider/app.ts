import type { Server } from 'node:http';
import Fastify, { type FastifyError, type FastifyHttpOptions, type FastifyInstance, type FastifyReply } from 'fastify';
import { addErrorHandlers, answerUnreadable, asProblem } from './errors.ts';
import type { Parts } from './parts.ts';
import { sendProblem } from './problem.ts';
import { addRoutes } from './routes.ts';

/** Limits against clients that send too much (bytes) or too slowly (milliseconds). */
const LIMITS = {
  bodyLimit: 256 * 1024,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  routerOptions: { maxParamLength: 512 },
  // Node looks for connections beyond their time at this interval only, and its default is 30 s.
  http: {
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
    optimizeEmptyRequests: true,
  },
} as const satisfies FastifyHttpOptions<Server>;

// '3600' is no integer, and an unknown field is nobody's fault. The schemas are those of the OpenAPI document, which the contracts'
// tests prove to be valid: to prove it here would take a tenth of the start.
const AJV = {
  customOptions: {
    coerceTypes: false as const,
    removeAdditional: false as const,
    keywords: ['components'],
    validateSchema: false,
    meta: false,
  },
};

/** Builds the provider from its parts. It does not listen. */
export async function createApp(parts: Parts): Promise<FastifyInstance> {
  const app = Fastify({
    ...LIMITS,
    ajv: AJV,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error: FastifyError, _request: unknown, reply: FastifyReply) =>
      sendProblem(reply, asProblem(error)),
    ...parts.options,
  });
  parts.extend?.(app);
  parts.guard(app, parts.host);
  parts.readBodies(app);
  addErrorHandlers(app);
  app.get('/.well-known/health', async (_request, reply) => reply.type('text/plain').send('ok'));
  addRoutes(app, parts.handlers(parts, parts.snapshots(parts.store, parts.serialize)));
  return app;
}
