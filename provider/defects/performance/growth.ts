import type { Socket } from 'node:net';
import { before, both, handlers, pause, store, verifier } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** What takes longer, the more has happened. */
export const growthDefects: readonly Defect[] = [
  {
    name: 'look-ups-walk',
    sentence: 'A look-up goes through all who signed in before, two milliseconds each.',
    requirement: 'USR-ROB-053',
    seed: handlers((own, users) => ({
      users_specific_user_snapshot: async (request, reply) => {
        const place = [...users.all()].findIndex(({ id }) => id === request.params.user);
        await pause(2 * Math.max(0, place));
        return own.users_specific_user_snapshot(request, reply);
      },
    })),
  },
  {
    name: 'snapshot-walks-over-the-gone',
    sentence: 'Who signs out is only marked as gone: a snapshot goes through all of them, five milliseconds each.',
    requirement: 'USR-ROB-053',
    seed: (parts, settings) => {
      let gone = 0;
      const marks = store((own) => ({
        remove(id) {
          gone += 1;
          return own.remove(id);
        },
      }));
      const walks = handlers((own) => ({
        users_snapshot: async (request, reply) => {
          await pause(5 * gone);
          return own.users_snapshot(request, reply);
        },
      }));
      return both(marks, walks)(parts, settings);
    },
  },
  {
    name: 'refusals-are-searched',
    sentence:
      'Refused tokens are remembered in a list, and each sign-in looks through it, three milliseconds for each.',
    requirement: 'USR-ROB-053',
    seed: verifier((verify) => {
      let refused = 0;
      return async (token) => {
        await pause(3 * refused);
        return verify(token).catch((error) => {
          refused += 1;
          throw error;
        });
      };
    }),
  },
  {
    name: 'kept-connections-grow-slow',
    sentence: 'Each further request over a kept connection takes two milliseconds more.',
    requirement: 'USR-ROB-053',
    seed: (parts, settings) => {
      const asked = new WeakMap<Socket, number>();
      return before(async ({ socket }) => {
        const often = asked.get(socket) ?? 0;
        asked.set(socket, often + 1);
        await pause(2 * often);
      })(parts, settings);
    },
  },
  {
    name: 'start-takes-each-user',
    sentence: 'A start takes thirty milliseconds for each user that it finds.',
    requirement: 'USR-ROB-053',
    seed: (parts) => {
      const found = [...parts.store.all()].length;
      return {
        ...parts,
        extend: (app) => {
          parts.extend?.(app);
          app.addHook('onReady', () => pause(30 * found));
        },
      };
    },
  },
];
