import { gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { answer, type Operation } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

const ALL: readonly Operation[] = ['snapshot', 'one', 'disconnect', 'authenticate'];

/** Sends these answers in gzip to whoever takes it. */
const compresses = (
  operations: Operation | readonly Operation[],
  compress: (body: Buffer, reply: FastifyReply) => Buffer,
): Defect['seed'] =>
  answer(operations, (body, reply, { headers }) => {
    if (!/\bgzip\b(?!;q=0)/.test(headers['accept-encoding'] ?? '')) return body;
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return compress(body, reply);
  });

/** Answers that are right until they are compressed. */
export const codingDefects: readonly Defect[] = [
  {
    name: 'compressed-snapshot-is-kept',
    sentence: 'The snapshot is compressed for the first who takes that, and kept so, whatever happens afterwards.',
    requirement: 'USR-LIFE-043',
    seed: (parts, settings) => {
      let kept: Buffer | undefined;
      return compresses('snapshot', (body) => {
        kept ??= gzipSync(body);
        return kept;
      })(parts, settings);
    },
  },
  {
    name: 'compressed-without-a-word',
    sentence: 'Answers are compressed, and no header says so.',
    requirement: 'USR-LIFE-043',
    seed: compresses(ALL, (body, reply) => {
      reply.removeHeader('content-encoding');
      return gzipSync(body);
    }),
  },
  {
    name: 'compressed-is-cut-off',
    sentence: 'Compressed answers lack their end: the stream is not flushed.',
    requirement: 'USR-LIFE-043',
    seed: compresses(ALL, (body) => gzipSync(body).subarray(0, -20)),
  },
];
