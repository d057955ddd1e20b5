import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance } from 'fastify';
import { Problem, sendProblem, textOf } from './problem.ts';

/** Every error becomes a problem+json answer. What a client did is its own affair; what we did is logged. */
export function addErrorHandlers(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const problem = asProblem(error);
    if (problem.status >= 500) request.log.error({ err: problem === error ? error.cause : error }, problem.message);
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(request.url)));
}

/** Nothing of an error that is not a `Problem` reaches the client but its 4xx status. */
export function asProblem(error: FastifyError | Problem): Problem {
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
    ? new Problem(405, 'This method is not allowed here.', { headers: { allow } })
    : new Problem(404, 'There is nothing here.');
}

// Their phrases stand here: for `STATUS_CODES` of node:http a module has to load all that it exports, a whole HTTP client among it.
const UNREADABLE: Readonly<Record<string, readonly [status: number, phrase: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
};

/** Answers what is not HTTP, too long or too slow, before there is a request; then the connection is of no use. */
export function answerUnreadable({ code }: { readonly code?: string }, socket: Socket): void {
  const [status, phrase] = UNREADABLE[code ?? ''] ?? [400, 'Bad Request'];
  const body = textOf(status, 'The request cannot be read.');
  const head = `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Type: application/problem+json`;
  if (socket.writable) socket.write(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  socket.destroySoon();
}
