import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyServerOptions,
} from 'fastify';
import openapiGlue from 'fastify-openapi-glue';
import { parse } from 'yaml';
import { addBodyParsers } from './body.ts';
import { addGuards } from './guards.ts';
import { createHandlers } from './handlers.ts';
import { Problem, sendProblem } from './problem.ts';
import { type Serializer, serializeUser } from './serializer.ts';
import { createSnapshots } from './snapshot.ts';
import type { Store } from './store.ts';
import type { Verifier } from './verifier.ts';

const OPENAPI = fileURLToPath(new URL('../contracts/openapi.yaml', import.meta.url));

/** What the provider is built from. Each part can be another one. */
export interface Parts {
  readonly store: Store;
  readonly verify: Verifier;
  readonly serialize?: Serializer;
  /** The address it will listen on: requests that name it are served. */
  readonly host?: string;
  /** Laid over the defaults below. */
  readonly options?: FastifyServerOptions;
}

/** Limits against clients that send too much or too slowly. */
const LIMITS = {
  bodyLimit: 256 * 1024,
  requestTimeout: 20_000,
  keepAliveTimeout: 65_000,
  routerOptions: { maxParamLength: 512 },
  http: { maxHeaderSize: 16 * 1024, headersTimeout: 10_000 },
} as const;

/** Builds the provider. It does not listen. */
export async function createApp(parts: Parts): Promise<FastifyInstance> {
  const frameworkErrors = (error: FastifyError, _request: unknown, reply: FastifyReply) =>
    sendProblem(reply, asProblem(error));
  const app = Fastify({ ...LIMITS, forceCloseConnections: 'idle', ajv: AJV, frameworkErrors, ...parts.options });
  addGuards(app, parts.host ?? '127.0.0.1');
  addBodyParsers(app);
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (!(error instanceof Problem) && (error.statusCode ?? 500) >= 500)
      request.log.error({ err: error.message }, 'unexpected');
    return sendProblem(reply, asProblem(error));
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(request.url)));
  app.get('/.well-known/health', async (_request, reply) => reply.type('text/plain').send('ok'));
  const snapshots = createSnapshots(parts.store, parts.serialize ?? serializeUser);
  await app.register(openapiGlue, {
    specification: parse(readFileSync(OPENAPI, 'utf8')),
    serviceHandlers: createHandlers(parts, snapshots),
  });
  return app;
}

// '3600' is no integer, and an unknown field is nobody's fault.
const AJV = { customOptions: { coerceTypes: false as const, removeAdditional: false as const } };

function asProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  const status = error.statusCode ?? 500;
  if (status >= 500) return new Problem(500, 'Something went wrong here.');
  return new Problem(
    status,
    error.validation ? 'The request is not as the API describes it.' : 'The request cannot be read.',
  );
}

const ALLOWED: readonly (readonly [RegExp, string])[] = [
  [/^\/users$/, 'GET, HEAD'],
  [/^\/users\/authenticate\/from_token$/, 'POST'],
  [/^\/users\/[^/]+\/disconnect$/, 'POST'],
  [/^\/users\/[^/]+$/, 'GET, HEAD'],
  [/^\/\.well-known\/health$/, 'GET, HEAD'],
];

/** A known path with another method is 405 with what is allowed; anything else is 404. */
function notFound(url: string): Problem {
  const path = url.split('?', 1)[0] ?? '';
  const allow = ALLOWED.find(([pattern]) => pattern.test(path))?.[1];
  return allow
    ? new Problem(405, 'This method is not allowed here.', { allow })
    : new Problem(404, 'There is nothing here.');
}
