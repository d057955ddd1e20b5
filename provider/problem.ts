import type { FastifyReply } from 'fastify';

/** An error that a client may see: a status and a sentence. The cause is for the log. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    { headers = {}, cause }: { headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.headers = headers;
  }
}

/** Answers as application/problem+json. Source: RFC 9457. */
export function sendProblem(reply: FastifyReply, { status, message, headers }: Problem): FastifyReply {
  return reply.code(status).headers(headers).type('application/problem+json').send(textOf(status, message));
}

/** The body of a problem. */
export const textOf = (status: number, title: string): string => JSON.stringify({ type: 'about:blank', title, status });
