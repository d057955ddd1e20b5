import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import { answer, extend, handlers, isAt, type Operation, pause, snapshots, store } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';

/** Waits before an operation begins, in milliseconds; others are served meanwhile. */
const waits = (operation: Operation, ms: number): Alteration =>
  extend((app) => {
    app.addHook('preHandler', async (request) => {
      if (isAt(request, operation)) await pause(ms);
    });
  });

/** Keeps the one thread busy, in milliseconds; nobody is served meanwhile. */
function compute(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Latency, throughput and errors that only many requests show. */
export const slowDefects: readonly Defect[] = [
  {
    name: 'slow-snapshot',
    sentence: 'A snapshot takes a quarter of a second more.',
    requirement: 'USR-PERF-005',
    seed: waits('snapshot', 250),
  },
  {
    name: 'slow-sign-in',
    sentence: 'A sign-in takes half a second more: it asks somebody over the network.',
    requirement: 'USR-PERF-006',
    seed: waits('authenticate', 500),
  },
  {
    name: 'slow-look-up',
    sentence: 'A look-up takes a fifth of a second more.',
    requirement: 'USR-PERF-007',
    seed: waits('one', 200),
  },
  {
    name: 'slow-disconnect',
    sentence: 'A disconnect takes half a second more.',
    requirement: 'USR-PERF-008',
    seed: waits('disconnect', 500),
  },
  {
    name: 'snapshot-is-compressed-for-nothing',
    sentence: 'Every snapshot is compressed anew, as hard as can be, for two kinds of client, and sent as it is.',
    requirement: 'USR-PERF-005',
    seed: snapshots((own) => ({
      current() {
        for (let kind = 0; kind < 2; kind += 1) brotliCompressSync(own.current().bytes);
        return own.current();
      },
    })),
  },
  {
    name: 'look-ups-queue',
    sentence: 'Look-ups are served one at a time, sixty milliseconds each: a lock is held over a request to somebody.',
    requirement: 'USR-PERF-007',
    seed: handlers((own) => {
      let last = Promise.resolve();
      return {
        users_specific_user_snapshot: async (request, reply) => {
          last = last.then(() => pause(60));
          await last;
          return own.users_specific_user_snapshot(request, reply);
        },
      };
    }),
  },
  {
    name: 'sign-in-computes',
    sentence: 'A sign-in keeps the only thread busy for twenty-five milliseconds, as a hash for passwords does.',
    requirement: 'USR-PERF-006',
    seed: store((own) => ({
      signIn(identity, now) {
        compute(25);
        return own.signIn(identity, now);
      },
    })),
  },
  {
    name: 'pauses-each-second',
    sentence: 'Once a second nothing is served for a third of a second.',
    requirement: 'USR-PERF-005',
    seed: extend(() => setInterval(() => compute(330), 1_000).unref()),
  },
  {
    name: 'one-at-a-time',
    sentence: 'Requests are served one at a time, ten milliseconds each: a lock is held too long.',
    requirement: 'USR-PERF-005',
    seed: extend((app) => {
      let last = Promise.resolve();
      app.addHook('preHandler', async () => {
        last = last.then(() => pause(10));
        await last;
      });
    }),
  },
  {
    name: 'slower-and-slower',
    sentence:
      'Each request is a little slower than the one before: it looks through a list of all of them, over and over.',
    requirement: 'USR-PERF-005',
    seed: extend((app) => {
      const log: string[] = [];
      app.addHook('onRequest', async ({ id, url }) => {
        for (let time = 0; time < 1_000; time += 1) log.push(`${id} ${url} ${time}`);
        for (let time = 0; time < 30; time += 1) log.filter((line) => line.endsWith(url)).sort();
      });
    }),
  },
  {
    name: 'one-in-fifty-fails',
    sentence: 'One request in fifty is answered with 500.',
    requirement: 'USR-PERF-001',
    seed: extend((app) => {
      let count = 0;
      app.addHook('onRequest', async () => {
        count += 1;
        if (count % 50 === 0) throw new Problem(500, 'deadlock detected');
      });
    }),
  },
  {
    name: 'one-in-fifty-hangs',
    sentence: 'One snapshot in fifty takes five seconds.',
    requirement: 'USR-PERF-005',
    seed: handlers((own) => {
      let count = 0;
      return {
        users_snapshot: async (request, reply) => {
          count += 1;
          if (count % 50 === 0) await pause(5_000);
          await setImmediate();
          return own.users_snapshot(request, reply);
        },
      };
    }),
  },
  {
    name: 'snapshot-is-padded',
    sentence: 'The snapshot is padded with a quarter of a megabyte of spaces.',
    requirement: 'USR-PERF-005',
    seed: answer('snapshot', (body) => Buffer.concat([body, Buffer.alloc(256 * 1024, ' ')])),
  },
];
