import { setImmediate } from 'node:timers/promises';
import { both, extend, handlers, isAt, pause, snapshots, store, verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Identity } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { countsRequests } from '../support/in-flight.ts';
import { remembers } from '../support/keeping.ts';

const JSON_TYPE = 'application/json';
const listOf = (profiles: readonly Buffer[]): string => `{"iterable":[${profiles.join(',')}]}`;

/** Who is gone is kept in a set that each disconnect reads, and writes back with one more, a moment later. */
function writesGoneBack(): Alteration {
  let gone: ReadonlySet<string> = new Set();
  return both(
    store((own) => ({
      all: () => [...own.all()].filter(({ id }) => !gone.has(id)),
      find: (id) => (gone.has(id) ? undefined : own.find(id)),
      signIn(identity, now) {
        const user = own.signIn(identity, now);
        gone = new Set([...gone].filter((id) => id !== user.id));
        return user;
      },
    })),
    handlers((own, users, prepared) => ({
      users_disconnect_user: async (request, reply) => {
        const { user: id } = request.params;
        if (!users.find(id)) return own.users_disconnect_user(request, reply);
        const before = gone;
        await pause(3);
        gone = new Set([...before, id]);
        prepared.changed();
        return reply.type(JSON_TYPE).send(prepared.current().bytes);
      },
    })),
  );
}

/** The list works through removals when it is next read, and then removes whoever the person is by then. */
function listLearnsLate(): Alteration {
  const unlisted = new Set<string>();
  let [due, next]: [string[], string[]] = [[], []];
  return store((own) => ({
    all() {
      for (const subject of due) unlisted.add(subject);
      [due, next] = [next, []]; // the first read is that of the disconnect itself
      return [...own.all()].filter(({ identity }) => !unlisted.has(identity.subject));
    },
    signIn(identity, now) {
      unlisted.delete(identity.subject);
      return own.signIn(identity, now);
    },
    remove(id) {
      const subject = own.find(id)?.identity.subject;
      if (subject !== undefined) next.push(subject);
      return own.remove(id);
    },
  }));
}

/** Every other read by id comes from a replica that is a twentieth of a second behind. */
function lagsById(): Alteration {
  let replica = new Map<string, Buffer>();
  let turn = 0;
  return both(
    snapshots((own, users) => ({
      changed() {
        own.changed();
        setTimeout(() => {
          replica = new Map([...users.all()].map((user) => [user.id, own.profile(user)]));
        }, 50);
      },
    })),
    handlers((own) => ({
      users_specific_user_snapshot: async (request, reply) => {
        turn += 1;
        if (turn % 2 === 0) return own.users_specific_user_snapshot(request, reply);
        const bytes = replica.get(request.params.user);
        if (!bytes) throw new Problem(404, 'There is no such user.');
        return reply.type(JSON_TYPE).send(bytes);
      },
    })),
  );
}

/** Each of several first sign-ins at once takes the time of its own for that of the creation. */
function createsTwice(): Alteration {
  const known = new Set<string>();
  const first = new WeakSet<Identity>();
  let isFirst = false;
  return both(
    verifier((verify) => async (token) => {
      const identity = await verify(token);
      if (!known.has(identity.subject)) first.add(identity);
      await pause(3);
      known.add(identity.subject);
      return identity;
    }),
    store((own) => ({
      signIn(identity, now) {
        isFirst = first.has(identity);
        return own.signIn(identity, now);
      },
    })),
    remembers((user, before) => ({ ...user, created: isFirst ? user.updated : (before?.created ?? user.created) })),
  );
}

/** In a crowd of requests, something else happens. */
const inCrowd = (of: number, alter: (isCrowd: () => boolean) => Alteration): Alteration => {
  const requests = countsRequests();
  return both(
    requests.alteration,
    alter(() => requests.now() > of),
  );
};

/** What only many requests at once bring about, and what they leave behind. */
export const stormDefects: readonly Defect[] = [
  {
    name: 'disconnects-at-once-are-lost',
    sentence: 'Of several disconnects at once only the last counts: each writes back what it read.',
    requirement: 'USR-CONC-004',
    seed: writesGoneBack(),
  },
  {
    name: 'list-learns-late',
    sentence: 'Who comes back right after a disconnect is found by id and falls out of the list.',
    requirement: 'USR-CONC-006',
    seed: listLearnsLate(),
  },
  {
    name: 'snapshot-is-500-amid-writes',
    sentence: 'A snapshot during which a user changes is a 500: the collection was modified.',
    requirement: 'USR-CONC-007',
    seed: handlers((own, _users, prepared) => ({
      users_snapshot: async (request, reply) => {
        const { etag } = prepared.current();
        await pause(2);
        if (prepared.current().etag !== etag) throw new Error('collection was modified');
        return own.users_snapshot(request, reply);
      },
    })),
  },
  {
    name: 'crowd-is-served-from-memory',
    sentence: 'With more than one request at once, profiles by id come from a cache that knows of no disconnect.',
    requirement: 'USR-CONC-009',
    seed: inCrowd(1, (isCrowd) =>
      handlers((own, users, prepared) => {
        const kept = new Map<string, Buffer>();
        return {
          users_specific_user_snapshot: async (request, reply) => {
            for (const user of users.all()) kept.set(user.id, prepared.profile(user));
            const bytes = isCrowd() ? kept.get(request.params.user) : undefined;
            return bytes ? reply.type(JSON_TYPE).send(bytes) : own.users_specific_user_snapshot(request, reply);
          },
          users_disconnect_user: async (request, reply) => {
            const user = users.find(request.params.user);
            if (user) kept.set(user.id, prepared.profile(user));
            return own.users_disconnect_user(request, reply);
          },
        };
      }),
    ),
  },
  {
    name: 'one-disconnect-in-ten-is-late',
    sentence: 'One disconnect in ten is answered a third of a second before it is done.',
    requirement: 'USR-CONC-012',
    seed: handlers((own, users, prepared) => {
      let count = 0;
      return {
        users_disconnect_user: async (request, reply) => {
          const user = users.find(request.params.user);
          count += 1;
          if (!user || count % 10 !== 0) return own.users_disconnect_user(request, reply);
          void pause(333).then(() => {
            users.remove(user.id);
            prepared.changed();
          });
          const others = [...users.all()].filter(({ id }) => id !== user.id);
          return reply.type(JSON_TYPE).send(listOf(others.map((one) => prepared.profile(one))));
        },
      };
    }),
  },
  {
    name: 'reads-by-id-lag',
    sentence: 'Every other profile by id comes from a replica that is a twentieth of a second behind.',
    requirement: 'USR-CONC-013',
    seed: lagsById(),
  },
  {
    name: 'snapshot-is-of-many-moments',
    sentence: 'A snapshot asks for its users one after the other, while they change.',
    requirement: 'USR-CONC-014',
    seed: handlers((_own, users, prepared) => ({
      users_snapshot: async (_request, reply) => {
        const profiles: Buffer[] = [];
        for (const { id } of [...users.all()]) {
          const user = users.find(id);
          if (user) profiles.push(prepared.profile(user));
          await pause(1);
        }
        return reply.type(JSON_TYPE).send(listOf(profiles));
      },
    })),
  },
  {
    name: 'disconnect-answers-before-in-crowd',
    sentence: 'With more than one request at once, a disconnect answers the users from before it.',
    requirement: 'USR-CONC-015',
    seed: inCrowd(1, (isCrowd) =>
      handlers((own, users, prepared) => ({
        users_disconnect_user: async (request, reply) => {
          const { bytes } = prepared.current();
          if (!isCrowd() || !users.remove(request.params.user)) return own.users_disconnect_user(request, reply);
          prepared.changed();
          return reply.type(JSON_TYPE).send(bytes);
        },
      })),
    ),
  },
  {
    name: 'created-is-of-last-writer',
    sentence: 'Of several first sign-ins at once each sets the time of creation.',
    requirement: 'USR-CONC-017',
    seed: createsTwice(),
  },
  {
    name: 'hang-up-freezes-snapshot',
    sentence: 'After a client hung up in the middle of a request, the snapshot is never prepared anew.',
    requirement: 'USR-CONC-019',
    seed: (parts, settings) => {
      let isFrozen = false;
      return both(
        extend((app) => {
          app.addHook('onRequest', async (_request, { raw }) => {
            raw.once('close', () => {
              isFrozen ||= !raw.writableFinished;
            });
          });
        }),
        snapshots((own) => ({
          changed() {
            if (!isFrozen) own.changed();
          },
        })),
      )(parts, settings);
    },
  },
  {
    name: 'storm-uses-up-pool',
    sentence: 'Once more than eight requests came at once, nobody can sign in any more: the pool leaks what it lends.',
    requirement: 'USR-CONC-020',
    seed: (parts, settings) => {
      const requests = countsRequests();
      return both(
        requests.alteration,
        extend((app) => {
          app.addHook('preHandler', async (request) => {
            const isUsedUp = requests.mostEver() > 8 && requests.now() < 3;
            if (isAt(request, 'authenticate') && isUsedUp) throw new Problem(503, 'The pool is used up.');
          });
        }),
      )(parts, settings);
    },
  },
  {
    name: 'readers-share-list',
    sentence: 'All who read the snapshot at once fill the same list.',
    requirement: 'USR-CONC-021',
    seed: handlers((_own, users, prepared) => {
      const shared: Buffer[] = [];
      return {
        users_snapshot: async (_request, reply) => {
          shared.length = 0;
          for (const user of [...users.all()]) {
            shared.push(prepared.profile(user));
            await setImmediate();
          }
          return reply.type(JSON_TYPE).send(listOf(shared));
        },
      };
    }),
  },
];
