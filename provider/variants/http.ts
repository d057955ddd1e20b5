import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import {
  answer,
  both,
  bytesOf,
  extend,
  type Operation,
  pause,
  rewrites,
  sentAs,
  snapshots,
} from '../alterations/hooks.ts';
import type { Variant } from './variant.ts';

const ALL: readonly Operation[] = ['snapshot', 'one', 'disconnect', 'authenticate'];

/** Each answer in pieces, without a length. */
const chunked = extend((app) => {
  app.addHook('onSend', async (_request, _reply, payload) => {
    const bytes = bytesOf(payload);
    if (!bytes) return payload;
    const middle = Math.floor(bytes.length / 2);
    return Readable.from([bytes.subarray(0, middle), bytes.subarray(middle)]);
  });
});

const CODINGS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  br: brotliCompressSync,
  gzip: gzipSync,
  deflate: deflateSync,
};

function normalised(url: string): string {
  const [path = '', ...query] = url.split('?');
  const decoded = path.replaceAll(/%2f/gi, '/').replaceAll(/%2e/gi, '.');
  return [posix.normalize(decoded), ...query].join('?');
}

const JSON_STRING = /"(?:[^"\\]|\\.)*"/g;
const escaped = (text: string): string => text.replaceAll('-', '\\u002d').replaceAll('/', '\\/');

/** No entity tag, and none is understood. */
const noTags = extend((app) => {
  app.addHook('onRequest', async ({ headers }) => {
    delete headers['if-none-match'];
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.removeHeader('etag');
    return payload;
  });
});

/** A weak tag on the snapshot, and on each profile by id one of its own, with 304 for who has it. */
const weakTags = both(
  snapshots((own) => ({
    current() {
      const { bytes, etag } = own.current();
      return { bytes, etag: `W/${etag}` };
    },
  })),
  answer('one', (body, reply, request) => {
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
    reply.header('etag', etag);
    if (request.headers['if-none-match'] !== etag) return body;
    reply.code(304).removeHeader('content-type');
    return '';
  }),
);

/** Other ways to send the same. */
export const httpVariants: readonly Variant[] = [
  {
    name: 'other-content-types',
    sentence: 'The content type has no charset, one in upper case, one in quotes, or another parameter.',
    allowedBy: ['charset parameter on the content type'],
    profile: 'hardened',
    alter: both(
      sentAs('snapshot', 'application/json'),
      sentAs('one', 'Application/JSON;Charset=UTF-8'),
      sentAs('disconnect', 'application/json; charset="utf-8"'),
      sentAs('authenticate', 'application/json; profile="users-api"'),
    ),
  },
  {
    name: 'compressed',
    sentence:
      'As behind a proxy: answers are compressed in the coding that the client takes (brotli, gzip or deflate), and paths are decoded and normalised before they are routed.',
    allowedBy: [
      'RFC 9110 section 12.5.3: a client says which codings it takes',
      'RFC 3986 section 6.2.2: paths are normalised; nginx decodes slashes first',
    ],
    profile: 'hardened',
    alter: both(
      answer(ALL, (body, reply, { headers }) => {
        const taken = (headers['accept-encoding'] ?? '').split(',').map((coding) => coding.trim());
        const coding = Object.keys(CODINGS).find((name) => taken.includes(name));
        reply.header('vary', 'Accept-Encoding');
        if (!coding) return body;
        reply.header('content-encoding', coding).removeHeader('content-length');
        return CODINGS[coding]!(body);
      }),
      rewrites((url) => ({ url: normalised(url) })),
    ),
  },
  {
    name: 'chunked-and-closed',
    sentence:
      'Answers are chunked and pretty-printed, each connection is closed after one, and there are no entity tags.',
    allowedBy: ['chunked or not', 'keep-alive or `Connection: close`', 'ETag and 304', 'pretty-printed JSON'],
    profile: 'hardened',
    alter: both(
      answer(ALL, (body) => Buffer.from(`${JSON.stringify(JSON.parse(body.toString()), null, 2)}\n`)),
      chunked,
      noTags,
      extend((app) => {
        app.addHook('onSend', async (_request, reply, payload) => {
          reply.header('connection', 'close');
          return payload;
        });
      }),
    ),
  },
  {
    name: 'ends-with-the-connection',
    sentence:
      'No answer says how long it is: it ends with its connection, as with HTTP/1.0. Hyphens and slashes are escaped in its JSON.',
    allowedBy: ['chunked or not', 'keep-alive or `Connection: close`'],
    profile: 'hardened',
    alter: both(
      answer(ALL, (body) => body.toString().replaceAll(JSON_STRING, escaped)),
      extend((app) => {
        app.addHook('onSend', async (request, reply, payload) => {
          const bytes = bytesOf(payload);
          if (!bytes || request.method === 'HEAD') return payload;
          reply.raw.useChunkedEncodingByDefault = false;
          reply.raw.shouldKeepAlive = false;
          return Readable.from([bytes]); // of a stream no length is known
        });
      }),
    ),
  },
  {
    name: 'weak-tags',
    sentence: 'Entity tags are weak, and profiles by id have them too.',
    allowedBy: ['ETag and 304'],
    profile: 'hardened',
    alter: weakTags,
  },
  {
    name: 'slower',
    sentence: 'Every answer takes twenty milliseconds more.',
    allowedBy: ['No page gives a status other than 200, … : none a time either'],
    profile: 'hardened',
    alter: extend((app) => {
      app.addHook('preHandler', () => pause(20));
    }),
  },
];
