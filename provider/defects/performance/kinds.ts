import { before, both, extend, handlers, isAt, pause, store } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** What is slow for some requests only, or for many at once. */
export const kindDefects: readonly Defect[] = [
  {
    name: 'crowds-are-slow',
    sentence:
      'Each request looks at all that are in flight, and each of those at all of them: a millisecond for each pair.',
    requirement: 'USR-ROB-054',
    seed: (parts, settings) => {
      let inFlight = 0;
      return extend((app) => {
        app.addHook('onRequest', async () => {
          inFlight += 1;
          await pause(inFlight ** 2);
        });
        app.addHook('onResponse', async () => {
          inFlight -= 1;
        });
      })(parts, settings);
    },
  },
  {
    name: 'sign-ins-poll-for-a-lock',
    sentence: 'A sign-in that comes during another looks again each half second whether that has ended.',
    requirement: 'USR-ROB-054',
    seed: handlers((own) => {
      let isTaken = false;
      return {
        authenticate_from_oauth_token: async (request, reply) => {
          while (isTaken) await pause(500);
          isTaken = true;
          try {
            await pause(5);
            return await own.authenticate_from_oauth_token(request, reply);
          } finally {
            isTaken = false;
          }
        },
      };
    }),
  },
  {
    name: 'head-is-slow',
    sentence: 'HEAD takes half a second more.',
    requirement: 'USR-ROB-055',
    seed: before(({ method }) => (method === 'HEAD' ? pause(500) : undefined)),
  },
  {
    name: 'nobody-is-slow',
    sentence:
      'A look-up of somebody who is not there takes six tenths of a second more: it is looked for elsewhere, too.',
    requirement: 'USR-ROB-055',
    seed: extend((app) => {
      app.addHook('onSend', async (request, { statusCode }) => {
        if (statusCode === 404 && isAt(request, 'one')) await pause(600);
      });
    }),
  },
  {
    name: 'change-is-slow-to-read',
    sentence: 'The first snapshot after a sign-in is made anew, in half a second.',
    requirement: 'USR-ROB-055',
    seed: (parts, settings) => {
      let isOld = false;
      const marks = store((own) => ({
        signIn(identity, now) {
          isOld = true;
          return own.signIn(identity, now);
        },
      }));
      const makes = handlers((own) => ({
        users_snapshot: async (request, reply) => {
          if (isOld) await pause(500);
          isOld = false;
          return own.users_snapshot(request, reply);
        },
      }));
      return both(marks, makes)(parts, settings);
    },
  },
  {
    name: 'address-is-matched-slowly',
    sentence:
      'An address is matched by an expression that tries each way to cut it into four, for 254 letters without an @.',
    requirement: 'USR-ROB-055',
    seed: store((own) => ({
      signIn(identity, now) {
        /^(\w*)(\w*)(\w*)(\w{0,60})@/.test(String(identity.email));
        return own.signIn(identity, now);
      },
    })),
  },
  {
    name: 'coming-back-is-slow',
    sentence: 'The sign-in of somebody who had signed out takes half a second more.',
    requirement: 'USR-ROB-055',
    seed: (parts, settings) => {
      const gone = new Set<string>();
      const remembers = store((own) => ({
        remove(id) {
          const user = own.find(id);
          if (user) gone.add(user.identity.subject);
          return own.remove(id);
        },
      }));
      return remembers(
        {
          ...parts,
          verify: async (token) => {
            const identity = await parts.verify(token);
            if (gone.delete(identity.subject)) await pause(500);
            return identity;
          },
        },
        settings,
      );
    },
  },
];
