import { randomUUID } from 'node:crypto';
import { appendFileSync, openSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bytesOf, extend, isAt } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';

const COMPUTE_AT_EACH_MESSAGE = `
  require('node:worker_threads').parentPort.on('message', (ms) => {
    for (const end = performance.now() + ms; performance.now() < end; );
  });
`;

/** A sign-in that is answered so leaves a file in the data. */
const leavesFile = (isSo: (status: number) => boolean): Alteration =>
  extend((app, { dataDir }) => {
    app.addHook('onResponse', async (request, { statusCode }) => {
      if (isAt(request, 'authenticate') && isSo(statusCode))
        writeFileSync(join(dataDir, `${randomUUID()}.tmp`), 'left');
    });
  });

/** A good answer leaves so many bytes in memory. */
const keeps = (operation: Parameters<typeof isAt>[1], bytes: number): Alteration =>
  extend((app) => {
    const kept: Buffer[] = [];
    app.addHook('onResponse', async (request, { statusCode }) => {
      if (statusCode < 300 && isAt(request, operation)) kept.push(Buffer.alloc(bytes, 1));
    });
  });

/** Memory, files, processor time and connections that are taken and not given back. */
export const resourceDefects: readonly Defect[] = [
  {
    name: 'memory-leaks',
    sentence: 'Every request leaves a quarter of a megabyte behind.',
    requirement: 'USR-PERF-010',
    seed: extend((app) => {
      const kept: Buffer[] = [];
      app.addHook('onResponse', async () => {
        kept.push(Buffer.alloc(256 * 1024, 1));
      });
    }),
  },
  {
    name: 'memory-is-taken',
    sentence: 'It takes more than a gigabyte at its start.',
    requirement: 'USR-PERF-010',
    seed: extend((app) => app.decorate('cache', Buffer.alloc(1200 * 2 ** 20, 1))),
  },
  {
    name: 'files-leak',
    sentence: 'Every request opens a file and does not close it.',
    requirement: 'USR-ROB-044',
    seed: extend((app) => {
      app.addHook('onResponse', async () => {
        openSync(fileURLToPath(import.meta.url), 'r');
      });
    }),
  },
  {
    name: 'files-leak-on-refusal',
    sentence: 'Every token that is refused leaves a file open.',
    requirement: 'USR-ROB-044',
    seed: extend((app) => {
      app.addHook('onResponse', async (request, { statusCode }) => {
        if (isAt(request, 'authenticate') && statusCode >= 400) openSync(fileURLToPath(import.meta.url), 'r');
      });
    }),
  },
  {
    name: 'answers-are-kept-on-disk',
    sentence: 'Every answer is appended to a file of the data that nobody turns over.',
    requirement: 'USR-ROB-048',
    seed: extend((app, { dataDir }) => {
      app.addHook('onSend', async (_request, _reply, payload) => {
        appendFileSync(join(dataDir, 'answers.log'), bytesOf(payload) ?? '');
        return payload;
      });
    }),
  },
  {
    name: 'sign-ins-are-kept-on-disk',
    sentence: 'Every sign-in appends a record of 64 KiB to a file that nobody compacts.',
    requirement: 'USR-ROB-048',
    seed: extend((app, { dataDir }) => {
      app.addHook('onResponse', async (request) => {
        if (isAt(request, 'authenticate')) appendFileSync(join(dataDir, 'history'), Buffer.alloc(64 * 1024));
      });
    }),
  },
  {
    name: 'reads-are-logged-at-length',
    sentence: 'Every read appends 20 KB to a log of the data that nobody turns over.',
    requirement: 'USR-ROB-048',
    seed: extend((app, { dataDir }) => {
      app.addHook('onResponse', async (request) => {
        if (isAt(request, 'one', 'snapshot')) appendFileSync(join(dataDir, 'reads.log'), Buffer.alloc(20_000, '.'));
      });
    }),
  },
  {
    name: 'sign-ins-leave-files',
    sentence: 'Every sign-in leaves a temporary file in the data.',
    requirement: 'USR-ROB-048',
    seed: leavesFile((status) => status < 300),
  },
  {
    name: 'refusals-leave-files',
    sentence: 'Every refused sign-in leaves the file in which its body was looked at.',
    requirement: 'USR-ROB-048',
    seed: leavesFile((status) => status >= 400),
  },
  {
    name: 'sockets-leak',
    sentence: 'Every sign-in opens a connection to the issuer and does not close it.',
    requirement: 'USR-ROB-044',
    seed: extend((app, { issuer }) => {
      const { hostname, port } = new URL(issuer);
      app.addHook('onResponse', async (request) => {
        if (request.method === 'POST') connect(Number(port || 80), hostname).on('error', () => undefined);
      });
    }),
  },
  {
    name: 'nobody-is-remembered',
    sentence: 'That nobody has an id is kept for ever, with a tenth of a megabyte about the request.',
    requirement: 'USR-ROB-041',
    seed: extend((app) => {
      const kept: Buffer[] = [];
      app.addHook('onResponse', async (request, { statusCode }) => {
        if (statusCode === 404 && isAt(request, 'one')) kept.push(Buffer.alloc(100_000, 1));
      });
    }),
  },
  {
    name: 'lists-are-remembered',
    sentence: 'Every list that was answered is kept for ever, with what it was made of: 20 KB.',
    requirement: 'USR-ROB-056',
    seed: keeps('snapshot', 20_000),
  },
  {
    name: 'sign-ins-are-remembered',
    sentence: 'Every sign-in is kept for ever, with all that the token was looked at with: 20 KB.',
    requirement: 'USR-ROB-056',
    seed: keeps('authenticate', 20_000),
  },
  {
    name: 'broken-upload-is-read-for-ever',
    sentence: 'Where a client breaks off in the body, the rest is looked for again and again.',
    requirement: 'USR-ROB-045',
    seed: extend((app) => {
      const lookAgain = () => setImmediate(lookAgain);
      app.addHook('onRequest', async ({ raw }) => {
        raw.once('close', () => {
          if (!raw.complete) lookAgain();
        });
      });
    }),
  },
  {
    name: 'timers-leak',
    sentence: 'Every request leaves a timer behind that works for ever.',
    requirement: 'USR-ROB-045',
    seed: extend((app) => {
      app.addHook('onResponse', async () => {
        setInterval(() => JSON.stringify(Array.from({ length: 1_000 }, (_, index) => ({ index }))), 20).unref();
      });
    }),
  },
  {
    name: 'processor-is-burnt',
    sentence: 'Each request has two threads in the background compute for six milliseconds, for nothing.',
    requirement: 'USR-PERF-009',
    seed: extend((app) => {
      const threads = Array.from({ length: 2 }, () => new Worker(COMPUTE_AT_EACH_MESSAGE, { eval: true }));
      for (const thread of threads) thread.unref();
      app.addHook('onResponse', async () => {
        for (const thread of threads) thread.postMessage(6);
      });
    }),
  },
];
