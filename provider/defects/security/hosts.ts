import type { Socket } from 'node:net';
import type { FastifyListenOptions } from 'fastify';
import { before, both, extend, rewrites } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';

const isSignIn = (url: string): boolean => url.startsWith('/users/authenticate/from_token');
const isDisconnect = (url: string): boolean => /^\/users\/[^/]+\/disconnect$/.test(url);

/** Serves these paths whatever host they name. */
const servesAnyHost = (isServed: (url: string) => boolean): Alteration =>
  before(({ headers, url }, _reply, { host }) => {
    if (isServed(url)) headers.host = host;
  });

/** Guards that guard too little or too much, operation by operation. */
export const hostDefects: readonly Defect[] = [
  {
    name: 'listens-everywhere',
    sentence: 'It listens on all addresses of the machine, whatever host it is told.',
    requirement: 'USR-SEC-071',
    seed: extend((app) => {
      const listen = app.listen.bind(app) as (options: FastifyListenOptions) => Promise<string>;
      app.listen = ((options: FastifyListenOptions) => listen({ ...options, host: '0.0.0.0' })) as typeof app.listen;
    }),
  },
  {
    name: 'localhost-is-not-served',
    sentence: 'A server on 127.0.0.1 does not know that it is localhost too.',
    requirement: 'USR-SEC-040',
    seed: before(({ headers }) => {
      if (/^localhost(:|$)/i.test(headers.host ?? '')) throw new Problem(421, 'This host is not served here.');
    }),
  },
  {
    name: 'any-host-signs-in',
    sentence: 'The host is checked for reads and disconnects only: DNS rebinding can sign in.',
    requirement: 'USR-SEC-042',
    seed: servesAnyHost(isSignIn),
  },
  {
    name: 'first-host-counts',
    sentence: 'The host is checked for the first request on a connection only.',
    requirement: 'USR-SEC-041',
    seed: (parts, settings) => {
      const known = new WeakSet<Socket>();
      return before(({ headers, socket }, _reply, { host }) => {
        if (known.has(socket)) headers.host = host;
        known.add(socket);
      })(parts, settings);
    },
  },
  {
    name: 'any-host-disconnects',
    sentence: 'The host is checked for reads and sign-ins only: DNS rebinding can sign out.',
    requirement: 'USR-SEC-043',
    seed: servesAnyHost(isDisconnect),
  },
  {
    name: 'any-origin-disconnects',
    sentence: 'The origin is checked for sign-ins only: any page can sign users out.',
    requirement: 'USR-SEC-046',
    seed: before(({ headers, url }) => {
      if (isDisconnect(url)) delete headers.origin;
    }),
  },
  {
    name: 'origin-is-checked-by-the-exact-path',
    sentence:
      'The origin is checked at the path of a disconnect, and the router takes the same with a slash behind it too.',
    requirement: 'USR-SEC-046',
    seed: both(
      before(({ headers, originalUrl }) => {
        if (originalUrl.endsWith('/disconnect/')) delete headers.origin;
      }),
      rewrites((url) => (url.endsWith('/disconnect/') ? { url: url.slice(0, -1) } : undefined)),
    ),
  },
  {
    name: 'cors-mode-is-refused',
    sentence: 'Posts with sec-fetch-mode: cors are refused, though programs send it as well as pages.',
    requirement: 'USR-SEC-049',
    seed: before(({ headers, method }) => {
      if (method === 'POST' && headers['sec-fetch-mode'] === 'cors') throw new Problem(403, 'No pages here.');
    }),
  },
  {
    name: 'trace-echoes',
    sentence: 'TRACE sends the request back, credentials and all.',
    requirement: 'USR-SEC-033',
    seed: before(({ method, raw }, reply) => {
      if (method !== 'TRACE') return undefined;
      const { rawHeaders } = raw;
      const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? `${name}: ${rawHeaders[index + 1]}` : []));
      return reply.type('message/http').send([`TRACE ${raw.url} HTTP/1.1`, ...lines].join('\r\n'));
    }),
  },
  {
    name: 'page-of-404-repeats-path',
    sentence: 'The page for a path that is not there shows the path, decoded and not escaped.',
    requirement: 'USR-SEC-035',
    seed: extend((app) => {
      app.addHook('onSend', async (request, reply, payload) => {
        if (reply.statusCode !== 404) return payload;
        reply.type('text/html');
        return `<!doctype html><p>There is no ${decodeURIComponent(request.url)} here.`;
      });
    }),
  },
  {
    name: 'line-breaks-reach-header',
    sentence: 'A path is put, decoded, into the Location of a redirect: line breaks in it add headers.',
    requirement: 'USR-SEC-070',
    seed: before((request, reply) => {
      if (!/%0[ad]/i.test(request.url)) return undefined;
      const head = `HTTP/1.1 308 Permanent Redirect\r\nConnection: close\r\nContent-Length: 0\r\nLocation: ${decodeURIComponent(request.url)}`;
      request.raw.socket.end(`${head}\r\n\r\n`);
      return reply.hijack();
    }),
  },
];
