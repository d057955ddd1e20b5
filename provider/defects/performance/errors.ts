import type { Socket } from 'node:net';
import { before, extend, isAt, type Operation, pause } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';

/** One request in fifty of an operation is answered with 500. */
const oneInFiftyFails = (operation: Operation): Alteration =>
  extend((app) => {
    let count = 0;
    app.addHook('preHandler', async (request) => {
      if (!isAt(request, operation)) return;
      count += 1;
      if (count % 50 === 0) throw new Problem(500, 'deadlock detected');
    });
  });

/** Errors that only many requests show. */
export const errorDefects: readonly Defect[] = [
  {
    name: 'one-sign-in-in-fifty-fails',
    sentence: 'One sign-in in fifty is answered with 500.',
    requirement: 'USR-PERF-002',
    seed: oneInFiftyFails('authenticate'),
  },
  {
    name: 'one-look-up-in-fifty-fails',
    sentence: 'One look-up in fifty is answered with 500.',
    requirement: 'USR-PERF-003',
    seed: oneInFiftyFails('one'),
  },
  {
    name: 'one-disconnect-in-fifty-fails',
    sentence: 'One disconnect in fifty is answered with 500.',
    requirement: 'USR-PERF-004',
    seed: oneInFiftyFails('disconnect'),
  },
  {
    name: 'eleventh-connection-waits',
    sentence: 'Ten connections are served; a further one waits until one of them is closed, and clients keep theirs.',
    requirement: 'USR-PERF-001',
    seed: (parts, settings) => {
      const served = new Set<Socket>();
      return before(async ({ socket }) => {
        while (!served.has(socket) && served.size >= 10) await pause(50);
        if (served.has(socket)) return;
        served.add(socket);
        socket.once('close', () => served.delete(socket));
      })(parts, settings);
    },
  },
];
