import { extend, isAt } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';
import { alsoSignsIn } from '../support/tapped-bodies.ts';
import { hasWorkers } from '../support/workers.ts';

const hasConnections = (count: number): Alteration =>
  extend((app) => {
    app.server.maxConnections = count;
  });

/** Clients that are slow, silent or gone. */
export const clientDefects: readonly Defect[] = [
  {
    name: 'connections-are-sixteen',
    sentence: 'Sixteen connections are all it takes: whoever is silent on them shuts everybody else out.',
    requirement: 'USR-FAULT-043',
    seed: hasConnections(16),
  },
  {
    name: 'connections-are-three',
    sentence: 'Three connections are all it takes: whoever is silent on them shuts everybody else out.',
    requirement: 'USR-FAULT-040',
    seed: hasConnections(3),
  },
  {
    name: 'workers-are-sixteen',
    sentence: 'Each of sixteen workers waits for the body of one request: slow ones keep everybody else waiting.',
    requirement: 'USR-ROB-021',
    seed: hasWorkers(16),
  },
  {
    name: 'workers-are-three',
    sentence: 'Each of three workers waits for the body of one request: slow ones keep everybody else waiting.',
    requirement: 'USR-FAULT-041',
    seed: hasWorkers(3),
  },
  {
    name: 'unread-answers-hold-workers',
    sentence: 'Each of five workers waits until its answer has been read.',
    requirement: 'USR-FAULT-042',
    seed: hasWorkers(5),
  },
  {
    name: 'unread-snapshots-stop-disconnects',
    sentence: 'A snapshot holds the lock until it has been read, and a disconnect waits for it.',
    requirement: 'USR-FAULT-042',
    seed: extend((app) => {
      const unread = new Set<Promise<unknown>>();
      app.addHook('onRequest', async (request, { raw }) => {
        if (isAt(request, 'disconnect')) await Promise.all(unread);
        if (!isAt(request, 'snapshot')) return;
        const read = new Promise<void>((resolve) => raw.once('close', resolve));
        unread.add(read);
        void read.then(() => unread.delete(read));
      });
    }),
  },
  {
    name: 'vanished-clients-hold-workers',
    sentence: 'Each of three workers waits for its client, also for one that is no longer there.',
    requirement: 'USR-FAULT-044',
    seed: hasWorkers(3),
  },
  {
    name: 'half-a-body-is-taken',
    sentence: 'When a client goes away in the middle of a body, what came of it is taken for all of it.',
    requirement: 'USR-FAULT-027',
    seed: alsoSignsIn((text, moment) => {
      const token = moment === 'cut off' ? /"access_token":"([^"]+)"/.exec(text)?.[1] : undefined;
      return token ? [token] : [];
    }),
  },
];
