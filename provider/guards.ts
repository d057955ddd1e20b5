import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses what a web page could make a browser send: a Host that is not ours (DNS rebinding, 421) and a foreign Origin on a
 * request that changes something (403). Source: users-api.md, hardened; OWASP CSRF cheat sheet, "verifying origin"; RFC 9112
 * section 3.2: two hosts are none (400), and one in the request line is the one that counts.
 */
export function addGuards(app: FastifyInstance, ownHost: string): void {
  const names = new Set([...LOOPBACK, ownHost.includes(':') ? `[${ownHost}]` : ownHost]);
  const isOurs = (authority: string): boolean => names.has(authority.replace(/:\d+$/, '').toLowerCase());

  app.addHook('onRequest', (request: FastifyRequest, _reply, next) => {
    const { host, origin } = request.headers;
    if (namesTwoHosts(request.raw.rawHeaders)) return next(new Problem(400, 'The request names two hosts.'));
    if (!isOurs(authorityOf(request.url) ?? host ?? '')) return next(new Problem(421, 'This host is not served here.'));
    if (request.method === 'POST' && origin !== undefined && origin !== `http://${host}`) {
      return next(new Problem(403, 'Requests from this origin are refused.'));
    }
    next();
  });
}

/** Node keeps the first of several and says nothing. */
function namesTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

/** `GET http://host/path` names its host in the request line. */
const authorityOf = (target: string): string | undefined =>
  target.startsWith('/') ? undefined : /^[a-z]+:\/\/([^/?#]*)/i.exec(target)?.[1];
