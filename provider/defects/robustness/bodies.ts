import { openSync } from 'node:fs';
import { PassThrough, pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { FastifyRequest } from 'fastify';
import { answer, before, extend, isAt } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';
import { alsoSignsIn } from '../support/tapped-bodies.ts';

type Body = {
  readonly access_token?: unknown;
  readonly expires_in?: unknown;
  readonly token_type?: unknown;
  readonly scope?: unknown;
} | null;

/** Looks at the JSON of a sign-in before it is validated. */
const looksAt = (look: (body: Body, request: FastifyRequest) => void): Alteration =>
  extend((app) => {
    app.addHook('preValidation', async (request) => {
      if (isAt(request, 'authenticate') && request.body !== undefined) look(request.body as Body, request);
    });
  });

/** No sign-in begins while a body with this header is under way. */
const waitsForBodies =
  (header: 'content-length' | 'transfer-encoding'): Alteration =>
  (parts, settings) => {
    const open = new Set<Promise<void>>();
    return extend((app) => {
      app.addHook('onRequest', async ({ raw }) => {
        if (raw.headers[header] === undefined) return;
        const ended: Promise<void> = new Promise((resolve) => raw.once('end', resolve).once('close', resolve));
        open.add(ended);
        void ended.then(() => open.delete(ended));
      });
      app.addHook('preHandler', async (request) => {
        if (isAt(request, 'authenticate')) await Promise.all(open);
      });
    })(parts, settings);
  };

function searchesBodies(): Alteration {
  const texts = new WeakMap<FastifyRequest, string>();
  return extend((app) => {
    app.addHook('preParsing', async (request, _reply, payload) => {
      const copy = new PassThrough();
      payload.on('data', (chunk) => texts.set(request, (texts.get(request) ?? '') + chunk));
      return pipeline(payload, copy, () => undefined);
    });
    app.addHook('preHandler', async (request) => {
      if (texts.get(request)?.includes('"access_token":"') === false)
        throw new Problem(400, 'There is no access token.');
    });
  });
}

const ALL_TOKENS = /"access_token":"([^"]+)"/g;
const everyToken = (text: string): string[] => [...text.matchAll(ALL_TOKENS)].map(([, token]) => token ?? '');

/** Bodies that are no good sign-in, and what they do. */
export const bodyDefects: readonly Defect[] = [
  {
    name: 'null-is-500',
    sentence: 'A body that is null is answered with 500.',
    requirement: 'USR-ROB-002',
    seed: looksAt((body) => {
      if (body === null) throw new TypeError("Cannot read properties of null (reading 'access_token')");
    }),
  },
  {
    name: 'many-members-are-500',
    sentence: 'A body with more than a thousand members is answered with 500.',
    requirement: 'USR-ROB-005',
    seed: looksAt((body) => {
      if (Object.keys(body ?? {}).length > 1_000) throw new RangeError('too many SQL variables');
    }),
  },
  {
    name: 'missing-token-is-500',
    sentence: 'A body without an access token is answered with 500.',
    requirement: 'USR-ROB-007',
    seed: looksAt((body) => {
      if (typeof body?.access_token !== 'string') throw new TypeError('access_token.split is not a function');
    }),
  },
  {
    name: 'lifetime-of-text-is-500',
    sentence: 'An expires_in that is no number is answered with 500.',
    requirement: 'USR-ROB-008',
    seed: looksAt((body) => {
      if (body && typeof body.expires_in !== 'number') throw new RangeError('Invalid time value');
    }),
  },
  {
    name: 'lifetime-has-32-bits',
    sentence: 'An expires_in of more than 31 bits is an overflow, and a 500.',
    requirement: 'USR-ROB-008',
    seed: looksAt((body) => {
      const lifetime = Number(body?.expires_in);
      if (lifetime >= 2 ** 31 && lifetime < 1e300) throw new RangeError('integer out of range');
    }),
  },
  {
    name: 'coded-body-is-500',
    sentence: 'A body that says it is compressed is answered with 500.',
    requirement: 'USR-ROB-009',
    seed: before(({ headers }) => {
      if (headers['content-encoding']) throw new Error('incorrect header check');
    }),
  },
  {
    name: 'member-twice-is-two-users',
    sentence: 'A body that has the access token twice signs both in.',
    requirement: 'USR-ROB-010',
    seed: alsoSignsIn((text, moment) => (moment === 'end' && text.endsWith('}') ? everyToken(text) : [])),
  },
  {
    name: 'tail-signs-in',
    sentence: 'Tokens that follow the JSON of a body sign in as well: the body is read as a stream of lines.',
    requirement: 'USR-ROB-011',
    seed: alsoSignsIn((text, moment) =>
      moment === 'end'
        ? everyToken(
            text
              .split(/(?<=\})(?=[\n,\0]?\{)/)
              .slice(1)
              .join(''),
          )
        : [],
    ),
  },
  {
    name: 'short-body-blocks',
    sentence: 'While a body has not come to its length, no other sign-in is begun.',
    requirement: 'USR-ROB-021',
    seed: waitsForBodies('content-length'),
  },
  {
    name: 'unended-chunks-block',
    sentence: 'While a chunked body has not ended, no other sign-in is begun.',
    requirement: 'USR-ROB-024',
    seed: waitsForBodies('transfer-encoding'),
  },
  {
    name: 'broken-http-leaks-files',
    sentence: 'Every request that is no HTTP leaves a file open.',
    requirement: 'USR-ROB-040',
    seed: extend((app) => {
      app.server.on('clientError', () => openSync(fileURLToPath(import.meta.url), 'r'));
    }),
  },
  {
    name: 'refused-bodies-are-kept',
    sentence: 'What is refused is kept in memory, as it came and as it was read, to be looked at later.',
    requirement: 'USR-ROB-041',
    seed: extend((app) => {
      const kept: Buffer[] = [];
      app.addHook('onError', async (request) => {
        kept.push(Buffer.alloc(4 * Number(request.headers['content-length'] ?? 0), 1));
      });
    }),
  },
  {
    name: 'chunks-have-no-limit',
    sentence: 'The limit of a body is held against its length only: chunked ones have none.',
    requirement: 'USR-ROB-042',
    seed: (parts, settings) => ({
      ...before(({ headers }) => {
        if (Number(headers['content-length'] ?? 0) > 256 * 1024) throw new Problem(413, 'The body is too long.');
      })(parts, settings),
      options: { ...parts.options, bodyLimit: 2 ** 31 },
    }),
  },
  {
    name: 'body-is-searched-for-text',
    sentence: 'The body is not parsed but searched: blanks behind a colon hide the access token.',
    requirement: 'USR-ROB-050',
    seed: searchesBodies(),
  },
  {
    name: 'refused-when-it-was-done',
    sentence: 'A scope of more than a thousand characters is refused once its user has been made.',
    requirement: 'USR-ROB-008',
    seed: answer('authenticate', (body, reply, request) => {
      if (String((request.body as Body)?.scope).length <= 1_000) return body;
      reply.code(400).type('application/problem+json');
      return '{"status":400}';
    }),
  },
];
