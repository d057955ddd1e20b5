import type { FastifyError, FastifyInstance } from 'fastify';
import { Problem, sendProblem } from './problem.ts';

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
