import type { FastifyReply } from 'fastify';
import { before, both, extend, isAt, verifier } from '../../alterations/hooks.ts';
import { Problem, sendProblem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';
import { misreadsEach } from '../support/input.ts';

/** Ends the provider, as an error that nobody catches does. */
const crash = (): never => process.exit(1);

/** Crashes when a request is refused with one of these. */
const crashesOn = (isFatal: (error: { code?: string; statusCode?: number; status?: number }) => boolean): Alteration =>
  extend((app) => {
    app.addHook('onError', async (_request, _reply, error) => {
      if (isFatal(error)) setImmediate(crash);
    });
  });

/** How deep a value is nested. Overflows the stack where it is too deep. */
const depth = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;

/** Malformed and hostile requests that bring it down, or that it takes. */
export const hostileDefects: readonly Defect[] = [
  {
    name: 'bad-json-crashes',
    sentence: 'A body that is no JSON ends the provider.',
    requirement: 'USR-ROB-003',
    seed: crashesOn(({ status }) => status === 400),
  },
  {
    name: 'bad-token-crashes',
    sentence: 'A token that is not valid ends the provider.',
    requirement: 'USR-LIFE-004',
    seed: verifier((verify) => (token) => {
      verify(token).catch(() => setImmediate(crash));
      return verify(token);
    }),
  },
  {
    name: 'long-body-crashes',
    sentence: 'A body that is too long ends the provider.',
    requirement: 'USR-ROB-006',
    seed: crashesOn(({ code }) => code === 'FST_ERR_CTP_BODY_TOO_LARGE'),
  },
  {
    name: 'abort-crashes',
    sentence: 'A client that goes away in the middle of a request ends the provider.',
    requirement: 'USR-FAULT-027',
    seed: extend((app) => {
      app.addHook('onRequestAbort', async (_request) => {
        setImmediate(crash);
      });
    }),
  },
  {
    name: 'bad-http-crashes',
    sentence: 'What is no HTTP ends the provider.',
    requirement: 'USR-ROB-026',
    seed: extend((app) => app.server.on('clientError', crash)),
  },
  {
    name: 'bad-path-is-500',
    sentence: 'A malformed percent-encoding in a path is answered with 500.',
    requirement: 'USR-SEC-066',
    seed: (parts) => ({
      ...parts,
      options: {
        ...parts.options,
        frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) =>
          sendProblem(reply, new Problem(500, 'URIError: URI malformed')),
      },
    }),
  },
  {
    name: 'deep-json-is-500',
    sentence: 'JSON that is nested deeply overflows the stack.',
    requirement: 'USR-ROB-004',
    seed: extend((app) => {
      app.addHook('preValidation', async (request) => {
        depth(request.body);
      });
    }),
  },
  {
    name: 'no-body-limit',
    sentence: 'A body may be as long as it likes.',
    requirement: 'USR-ROB-006',
    seed: (parts) => ({ ...parts, options: { ...parts.options, bodyLimit: 2 ** 30 } }),
  },
  {
    name: 'body-limit-is-of-the-length',
    sentence: 'A body may be as long as it likes where it does not say how long it is.',
    requirement: 'USR-ROB-006',
    seed: both(
      (parts) => ({ ...parts, options: { ...parts.options, bodyLimit: 2 ** 30 } }),
      before(({ headers }) => {
        if (Number(headers['content-length']) > 2 ** 20) throw new Problem(413, 'too long');
      }),
    ),
  },
  {
    name: 'cookies-have-values',
    sentence: 'A cookie without a value is answered with 500.',
    requirement: 'USR-ROB-026',
    seed: before(({ headers }) => {
      for (const cookie of headers.cookie?.split(';') ?? []) cookie.split('=')[1]!.trim();
    }),
  },
  {
    name: 'language-is-500',
    sentence: 'An Accept-Language that names no language is answered with 500.',
    requirement: 'USR-ROB-026',
    seed: before(({ headers }) => {
      const languages = headers['accept-language']?.split(',').map((range) => range.split(';')[0]!.trim()) ?? [];
      Intl.getCanonicalLocales(languages.filter((language) => language !== '*'));
    }),
  },
  {
    name: 'many-headers-are-500',
    sentence: 'A request of more than five hundred headers is answered with 500.',
    requirement: 'USR-ROB-025',
    seed: both(
      (parts) => ({ ...parts, options: { ...parts.options, http: { maxHeaderSize: 512 * 1024 } } }),
      before(({ raw }) => {
        if (raw.rawHeaders.length > 1000) throw new Error('too many headers');
      }),
    ),
  },
  {
    name: 'no-head-limit',
    sentence: 'The head of a GET is kept until it is whole, however long it is.',
    requirement: 'USR-ROB-043',
    seed: misreadsEach(() => {
      const kept: string[] = [];
      return (piece) => {
        if (kept.length === 0 && !piece.startsWith('GET ')) return piece;
        kept.push(piece);
        const end = `${kept.at(-2)?.slice(-3) ?? ''}${piece}`;
        return end.includes('\r\n\r\n') ? kept.splice(0).join('') : '';
      };
    }),
  },
  {
    name: 'long-id-is-500',
    sentence: 'An id of more than a hundred characters is answered with 500.',
    requirement: 'USR-SEC-065',
    seed: extend((app) => {
      app.addHook('preHandler', async (request) => {
        if (isAt(request, 'one') && decodeURIComponent(request.url).length > 100)
          throw new Problem(500, 'value too long');
      });
    }),
  },
  {
    name: 'strange-type-is-500',
    sentence: 'A sign-in that is no JSON by its content type is answered with 500.',
    requirement: 'USR-ROB-012',
    seed: extend((app) => {
      app.addHook('onSend', async (_request, reply, payload) => {
        if (reply.statusCode === 415) reply.code(500);
        return payload;
      });
    }),
  },
];
