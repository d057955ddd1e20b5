import type { ServerResponse } from 'node:http';
import { before, extend } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Defect } from '../defect.ts';
import { misreads } from '../support/input.ts';

/** Rewrites the head of a request and leaves its body. */
const headOf = (alter: (head: string) => string) =>
  misreads((piece) => {
    const end = piece.indexOf('\r\n\r\n');
    return end < 0 || !/^[A-Z]+ \//.test(piece) ? piece : alter(piece.slice(0, end)) + piece.slice(end);
  });

/** Reads chunks as they come: what is no size is no end either. */
function joinChunks(piece: string): string {
  const [head = '', ...rest] = piece.split('\r\n\r\n');
  if (!/^transfer-encoding: chunked$/im.test(head) || rest.length === 0) return piece;
  const lines = rest.join('\r\n\r\n').split('\r\n');
  const body = lines.filter((_line, index) => index % 2 === 1).join('');
  return `${head.replace(/^transfer-encoding: chunked$/im, `Content-Length: ${body.length}`)}\r\n\r\n${body}`;
}

/** HTTP that is read otherwise than it was written. */
export const framingDefects: readonly Defect[] = [
  {
    name: 'first-length-counts',
    sentence: 'Of several lengths the first counts, and of a length only its digits.',
    requirement: 'USR-ROB-020',
    seed: headOf((head) => {
      const [, length] = /^content-length: *[-+]?(\d+)/im.exec(head) ?? [];
      return length ? `${head.replaceAll(/\r\ncontent-length:[^\r]*/gi, '')}\r\nContent-Length: ${length}` : head;
    }),
  },
  {
    name: 'length-beats-chunks',
    sentence: 'A body that has a length and is chunked too is read by its length.',
    requirement: 'USR-ROB-022',
    seed: headOf((head) =>
      /^content-length:/im.test(head) ? head.replaceAll(/\r\ntransfer-encoding:[^\r]*/gi, '') : head,
    ),
  },
  {
    name: 'chunk-sizes-are-skipped',
    sentence: 'The sizes of chunks are skipped and not read: every other line is a chunk.',
    requirement: 'USR-ROB-023',
    seed: misreads(joinChunks),
  },
  {
    name: 'missing-host-is-ours',
    sentence: 'A request without a host is served as if it named ours.',
    requirement: 'USR-ROB-027',
    seed: headOf((head) => (/^host *:/im.test(head) ? head : `${head}\r\nHost: localhost`)),
  },
  {
    name: 'any-of-two-hosts-will-do',
    sentence: 'Of two hosts the one that is ours counts, wherever it stands.',
    requirement: 'USR-ROB-034',
    seed: headOf((head) => {
      const lines = head.split('\r\n');
      const hosts = lines.filter((line) => /^host:/i.test(line));
      const own = hosts.find((line) => /localhost|127\.0\.0\.1/.test(line)) ?? hosts[0];
      return hosts.length < 2 ? head : lines.filter((line) => !hosts.includes(line) || line === own).join('\r\n');
    }),
  },
  {
    name: 'coding-in-lower-case-is-none',
    sentence: 'A body in chunks is not seen where the name of its header is in lower case.',
    requirement: 'USR-ROB-051',
    seed: before((request) => {
      if (request.raw.rawHeaders.includes('transfer-encoding')) throw new Problem(400, 'A body is needed.');
      return undefined;
    }),
  },
  {
    name: 'upper-case-size-is-none',
    sentence: 'The size of a chunk is refused where it is written in upper case.',
    requirement: 'USR-ROB-051',
    seed: misreads((piece) =>
      /^transfer-encoding: chunked/im.test(piece)
        ? piece.replace(/(?<=\r\n\r\n)\d*[A-F][\dA-F]*(?=\r\n)/, 'none')
        : piece,
    ),
  },
  {
    name: 'first-chunk-is-all',
    sentence: 'Of a body in chunks only the first is read.',
    requirement: 'USR-ROB-051',
    seed: misreads((piece) => {
      const [head = '', ...rest] = piece.split('\r\n\r\n');
      const [size, chunk] = rest.join('\r\n\r\n').split('\r\n');
      return /^transfer-encoding: chunked/im.test(head) && chunk
        ? `${head}\r\n\r\n${size}\r\n${chunk}\r\n0\r\n\r\n`
        : piece;
    }),
  },
  {
    name: 'close-is-not-heard',
    sentence: 'The connection stays open though the client said that its request is the last.',
    requirement: 'USR-ROB-052',
    seed: before((_request, reply) => {
      reply.raw.shouldKeepAlive = true;
      return undefined;
    }),
  },
  {
    name: 'body-of-refused-is-next-request',
    sentence:
      'The body of a request to a path that is not there is left on the connection and read as the next request.',
    requirement: 'USR-ROB-032',
    seed: headOf((head) => (/^POST \/nothing/.test(head) ? head.replace(/\r\ncontent-length:[^\r]*/i, '') : head)),
  },
  {
    name: 'not-modified-has-content',
    sentence: 'What was not modified is sent all the same, with the status 304.',
    requirement: 'USR-ROB-049',
    seed: before((request, reply) => {
      if (request.headers['if-none-match'] === undefined) return undefined;
      const content = '{"iterable":[]}';
      request.raw.socket.end(`HTTP/1.1 304 Not Modified\r\nContent-Length: ${content.length}\r\n\r\n${content}`);
      return reply.hijack();
    }),
  },
  {
    name: 'expect-is-408',
    sentence: 'A client that waits for 100 Continue is told, half a second later, that it was too slow.',
    requirement: 'USR-ROB-033',
    seed: extend((app) =>
      app.server.on('checkContinue', (_request, response: ServerResponse) => {
        setTimeout(() => response.writeHead(408).end(), 500);
      }),
    ),
  },
  {
    name: 'head-has-content',
    sentence: 'HEAD is answered like GET, content and all.',
    requirement: 'USR-ROB-029',
    seed: before((request, reply) => {
      if (request.method !== 'HEAD') return undefined;
      const content = '{"iterable":[]}';
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${content.length}`;
      request.raw.socket.end(`${head}\r\n\r\n${content}`);
      return reply.hijack();
    }),
  },
];
