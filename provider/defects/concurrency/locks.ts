import { setImmediate } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { both, extend, handlers, pause, snapshots, store, verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';

type ById = FastifyRequest<{ Params: { user: string } }>;

/** A lock that is had by one at a time. */
function createLock() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** Resolves to what gives it back. */
    async take(): Promise<() => void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before = last;
      last = promise;
      await before;
      return resolve;
    },
  };
}

/** Sign-in takes two locks in one order and disconnect in the other: both at once wait for each other for ever. */
function locksCrosswise(): Alteration {
  const [users, disk] = [createLock(), createLock()];
  const within = async <T>(first: typeof users, second: typeof users, work: () => Promise<T>): Promise<T> => {
    const giveFirst = await first.take();
    await pause(1);
    const giveSecond = await second.take();
    try {
      return await work();
    } finally {
      giveSecond();
      giveFirst();
    }
  };
  return handlers((own) => ({
    authenticate_from_oauth_token: (request, reply) =>
      within(users, disk, () => own.authenticate_from_oauth_token(request, reply)),
    users_disconnect_user: (request, reply) => within(disk, users, () => own.users_disconnect_user(request, reply)),
  }));
}

/** Answers out of a cache that each change empties, and into which an answer is put when it is done. */
function fillsItsCacheLate(read: 'users_snapshot' | 'users_specific_user_snapshot'): Alteration {
  const cached = new Map<string, Buffer>();
  return both(
    store((own) => ({
      signIn(identity, now) {
        cached.clear();
        return own.signIn(identity, now);
      },
      remove(id) {
        cached.clear();
        return own.remove(id);
      },
    })),
    handlers((own, users, prepared) => ({
      [read]: async (request: ById, reply: FastifyReply) => {
        const id = request.params.user ?? 'everybody';
        const user = users.find(id);
        const bytes = cached.get(id) ?? (user ? prepared.profile(user) : prepared.current().bytes);
        if (request.params.user && !user && !cached.has(id)) return own.users_specific_user_snapshot(request, reply);
        if (!cached.has(id)) await pause(8);
        cached.set(id, bytes);
        return reply.type('application/json').send(bytes);
      },
    })),
  );
}

/** Faults of locks, queues, limits and shared work. */
export const lockDefects: readonly Defect[] = [
  {
    name: 'locks-cross',
    sentence: 'A sign-in and a disconnect at once wait for each other for ever.',
    requirement: 'USR-CONC-005',
    seed: locksCrosswise(),
  },
  {
    name: 'lock-is-not-given-back',
    sentence: 'A sign-in that is refused keeps the lock: nobody signs in after it.',
    requirement: 'USR-CONC-018',
    seed: verifier((verify) => {
      const lock = createLock();
      return async (token) => {
        const giveBack = await lock.take();
        const identity = await verify(token);
        giveBack();
        return identity;
      };
    }),
  },
  {
    name: 'queue-breaks',
    sentence: 'Sign-ins are chained, and one that is refused makes all the later ones fail with it.',
    requirement: 'USR-CONC-018',
    seed: verifier((verify) => {
      let queue: Promise<unknown> = Promise.resolve();
      return (token) => {
        const mine = queue.then(() => verify(token));
        queue = mine;
        return mine;
      };
    }),
  },
  {
    name: 'first-sign-in-must-be-alone',
    sentence: 'Until somebody has signed in the verifier is being set up: who comes meanwhile is refused.',
    requirement: 'USR-CONC-002',
    seed: verifier((verify) => {
      let state: 'new' | 'busy' | 'ready' = 'new';
      return async (token) => {
        if (state === 'busy') throw new Problem(401, 'The token cannot be verified.');
        if (state === 'new') state = 'busy';
        try {
          const identity = await verify(token);
          state = 'ready';
          return identity;
        } finally {
          if (state === 'busy') state = 'new';
        }
      };
    }),
  },
  {
    name: 'sixteen-at-once',
    sentence: 'More than sixteen requests at once are answered with 503.',
    requirement: 'USR-CONC-002',
    seed: extend((app) => {
      let running = 0;
      app.addHook('onRequest', async (_request, reply) => {
        running += 1;
        reply.raw.once('close', () => {
          running -= 1;
        });
        if (running > 16) throw new Problem(503, 'Too many requests.');
        await setImmediate();
      });
    }),
  },
  {
    name: 'snapshot-is-shared',
    sentence: 'A snapshot that is asked for while another is made gets that one, though it was begun before a sign-in.',
    requirement: 'USR-CONC-011',
    seed: handlers((_own, _users, prepared) => {
      let running: Promise<Buffer> | undefined;
      const make = async () => {
        const { bytes } = prepared.current();
        await pause(20);
        running = undefined;
        return bytes;
      };
      return {
        users_snapshot: async (_request, reply) => {
          running ??= make();
          return reply.type('application/json').send(await running);
        },
      };
    }),
  },
  {
    name: 'snapshot-cache-is-filled-late',
    sentence: 'A snapshot that was begun before a sign-in or a disconnect is put into the cache after it, and stays.',
    requirement: 'USR-CONC-012',
    seed: fillsItsCacheLate('users_snapshot'),
  },
  {
    name: 'profile-cache-is-filled-late',
    sentence:
      'A profile by id that was begun before its user changed or left is put into the cache after it, and stays.',
    requirement: 'USR-CONC-011',
    seed: fillsItsCacheLate('users_specific_user_snapshot'),
  },
  {
    name: 'snapshot-is-torn',
    sentence: 'A snapshot is made user by user while others change the list: one that moves up is left out.',
    requirement: 'USR-CONC-008',
    seed: handlers((_own, users, prepared) => ({
      users_snapshot: async (_request, reply) => {
        const profiles: Buffer[] = [];
        for (let index = 0; ; index += 1) {
          const user = [...users.all()][index];
          if (!user) break;
          profiles.push(prepared.profile(user));
          await pause(1);
        }
        return reply.type('application/json').send(`{"iterable":[${profiles.join(',')}]}`);
      },
    })),
  },
  {
    name: 'replica-lags',
    sentence: 'Every other snapshot comes from a replica that is a tenth of a second behind.',
    requirement: 'USR-CONC-011',
    seed: snapshots((own) => {
      let replica = own.current();
      let turn = 0;
      return {
        current() {
          turn += 1;
          return turn % 2 === 0 ? replica : own.current();
        },
        changed() {
          own.changed();
          setTimeout(() => {
            replica = own.current();
          }, 100);
        },
      };
    }),
  },
  {
    name: 'disconnect-loses-to-sign-in',
    sentence: 'A disconnect while a sign-in is under way is forgotten.',
    requirement: 'USR-CONC-005',
    seed: handlers((own, users, prepared) => {
      let signingIn = 0;
      return {
        authenticate_from_oauth_token: async (request, reply) => {
          signingIn += 1;
          try {
            await pause(5);
            return await own.authenticate_from_oauth_token(request, reply);
          } finally {
            signingIn -= 1;
          }
        },
        users_disconnect_user: async (request, reply) => {
          const user = users.find(request.params.user);
          if (!user || signingIn === 0) return own.users_disconnect_user(request, reply);
          const others = [...users.all()].filter(({ id }) => id !== user.id).map((one) => prepared.profile(one));
          return reply.type('application/json').send(`{"iterable":[${others.join(',')}]}`);
        },
      };
    }),
  },
];
