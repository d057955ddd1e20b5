import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses what a web page could make a browser send: a Host that is not ours (DNS rebinding, 421) and a foreign Origin on a
 * request that changes something (403). Source: users-api.md, hardened; OWASP CSRF cheat sheet, "verifying origin".
 */
export function addGuards(app: FastifyInstance, ownHost: string): void {
  const names = new Set([...LOOPBACK, ownHost.includes(':') ? `[${ownHost}]` : ownHost]);
  const isOurs = (authority: string): boolean => names.has(authority.replace(/:\d+$/, '').toLowerCase());

  app.addHook('onRequest', (request: FastifyRequest, _reply, next) => {
    const { host, origin } = request.headers;
    if (host === undefined || !isOurs(host)) return next(new Problem(421, 'This host is not served here.'));
    if (request.method === 'POST' && origin !== undefined && origin !== `http://${host}`) {
      return next(new Problem(403, 'Requests from this origin are refused.'));
    }
    next();
  });
}
