import { answer, before, extend, isAt, rewrites } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** Trusts some origins: their requests pass as if they came from no page. */
const trustsOrigin = (isTrusted: (origin: string, host: string) => boolean) =>
  before(({ headers }) => {
    if (headers.origin !== undefined && isTrusted(headers.origin, headers.host ?? '')) delete headers.origin;
  });

/** Serves requests for some other hosts as if they were for ours. */
const trustsHost = (isTrusted: (host: string) => boolean) =>
  before(({ headers }, _reply, { host }) => {
    if (isTrusted(headers.host ?? '')) headers.host = host;
  });

/** What a web page that its user looks at can do to a server on the same machine. */
export const webDefects: readonly Defect[] = [
  {
    name: 'token-in-query',
    sentence: 'A sign-in without a token in the body or the header takes the one in the query.',
    requirement: 'USR-SEC-073',
    seed: extend((app) => {
      app.addHook('onRequest', async (request) => {
        const { access_token: token } = request.query as { access_token?: string };
        if (isAt(request, 'authenticate') && token) request.headers.authorization ??= `Bearer ${token}`;
      });
    }),
  },
  {
    name: 'any-host-is-served',
    sentence: 'Requests are served whatever host they name, so that DNS rebinding works.',
    requirement: 'USR-SEC-041',
    seed: trustsHost(() => true),
  },
  {
    name: 'host-is-prefix',
    sentence: 'A host that begins with localhost or 127.0.0.1 is served.',
    requirement: 'USR-SEC-044',
    seed: trustsHost((host) => /^(localhost|127\.0\.0\.1)/.test(host)),
  },
  {
    name: 'host-is-suffix',
    sentence: 'A host that ends with localhost is served.',
    requirement: 'USR-SEC-044',
    seed: trustsHost((host) => /localhost(:\d+)?$/.test(host)),
  },
  {
    name: 'any-origin-may-post',
    sentence: 'The page of any origin may sign users in and out.',
    requirement: 'USR-SEC-045',
    seed: trustsOrigin(() => true),
  },
  {
    name: 'null-origin-may-post',
    sentence: 'A page of the origin null, such as a frame in a sandbox, may sign users in and out.',
    requirement: 'USR-SEC-047',
    seed: trustsOrigin((origin) => origin === 'null'),
  },
  {
    name: 'origin-is-prefix',
    sentence: 'An origin that begins like ours may sign users in and out.',
    requirement: 'USR-SEC-048',
    seed: trustsOrigin((origin, host) => origin.startsWith(`http://${host}`) || origin.startsWith('http://localhost')),
  },
  {
    name: 'origin-is-left-to-fetch-metadata',
    sentence: 'Pages of other origins are told by Sec-Fetch-Site alone, which older browsers do not send.',
    requirement: 'USR-SEC-045',
    seed: before(({ headers }) => {
      if (headers['sec-fetch-site'] === undefined) delete headers.origin;
    }),
  },
  {
    name: 'any-origin-may-read',
    sentence: 'Any page may read the users: Access-Control-Allow-Origin is *.',
    requirement: 'USR-SEC-050',
    seed: before((_request, reply) => {
      reply.header('access-control-allow-origin', '*');
    }),
  },
  {
    name: 'origin-is-echoed',
    sentence: 'Any page may read the users: Access-Control-Allow-Origin is whoever asks, with credentials.',
    requirement: 'USR-SEC-050',
    seed: before(({ headers }, reply) => {
      if (headers.origin)
        reply.headers({ 'access-control-allow-origin': headers.origin, 'access-control-allow-credentials': 'true' });
    }),
  },
  {
    name: 'preflight-is-granted',
    sentence: 'Any page is told by a preflight that it may post.',
    requirement: 'USR-SEC-051',
    seed: before((request, reply) => {
      if (request.method !== 'OPTIONS') return undefined;
      const { origin = '*' } = request.headers;
      return reply
        .code(204)
        .headers({ 'access-control-allow-origin': origin, 'access-control-allow-headers': '*' })
        .send();
    }),
  },
  {
    name: 'jsonp-for-old-browsers',
    sentence: 'The snapshot is a script that calls the function of ?callback, which any page can run.',
    requirement: 'USR-SEC-078',
    seed: answer('snapshot', (body, reply, request) => {
      const { callback } = request.query as { callback?: string };
      if (!callback) return body;
      reply.type('application/javascript');
      return `/**/ ${callback}(${body});`;
    }),
  },
  {
    name: 'text-is-json',
    sentence:
      'A sign-in of the type text/plain, which any page can send without asking, is read as JSON, whatever its Origin.',
    requirement: 'USR-SEC-052',
    seed: before(({ headers }) => {
      if (!headers['content-type']?.startsWith('text/plain')) return;
      headers['content-type'] = 'application/json';
      delete headers.origin;
    }),
  },
  {
    name: 'get-disconnects',
    sentence: 'GET disconnects too, so that an image on a page can do it.',
    requirement: 'USR-SEC-053',
    seed: rewrites((url) => (url.endsWith('/disconnect') ? { method: 'POST' } : undefined)),
  },
  {
    name: 'method-in-query',
    sentence: 'The method is taken from ?_method where there is one.',
    requirement: 'USR-SEC-053',
    seed: rewrites((url) => {
      const method = new URL(url, 'http://localhost').searchParams.get('_method');
      return method ? { method, url: url.split('?', 1)[0] ?? '/' } : undefined;
    }),
  },
];
