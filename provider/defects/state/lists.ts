import { handlers, pause, store } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** Lists that are incomplete, late, or of the wrong users. */
export const listDefects: readonly Defect[] = [
  {
    name: 'snapshot-stops-at-ten',
    sentence: 'The snapshot holds the first ten users only.',
    requirement: 'USR-ID-016',
    seed: store((own) => ({ all: () => [...own.all()].slice(0, 10) })),
  },
  {
    name: 'snapshot-stops-at-hundred',
    sentence: 'The snapshot holds the first hundred users only.',
    requirement: 'USR-LIFE-014',
    seed: store((own) => ({ all: () => [...own.all()].slice(0, 100) })),
  },
  {
    name: 'snapshot-stops-at-thousand',
    sentence: 'The snapshot holds the first thousand users only.',
    requirement: 'USR-LIFE-014',
    seed: store((own) => ({ all: () => [...own.all()].slice(0, 1_000) })),
  },
  {
    name: 'page-edge-loses-one',
    sentence:
      'While there are 25 users, 50, or 75, the snapshot lacks the last: a page that is full is taken for too long.',
    requirement: 'USR-LIFE-014',
    seed: store((own) => ({
      all() {
        const users = [...own.all()];
        return users.length % 25 === 0 ? users.slice(0, -1) : users;
      },
    })),
  },
  {
    name: 'snapshot-lacks-newest',
    sentence: 'The newest user is missing from the snapshot: an end index is one too low.',
    requirement: 'USR-LIFE-001',
    seed: store((own) => ({ all: () => [...own.all()].slice(0, -1) })),
  },
  {
    name: 'snapshot-lacks-oldest',
    sentence: 'Once there are two users, the oldest is missing from the snapshot: a first index is one too high.',
    requirement: 'USR-ID-001',
    seed: store((own) => ({ all: () => ([...own.all()].length > 1 ? [...own.all()].slice(1) : own.all()) })),
  },
  {
    name: 'snapshot-is-of-last-user',
    sentence: 'Whoever signs in takes the place of everybody else in the snapshot.',
    requirement: 'USR-ID-001',
    seed: store((own) => ({ all: () => [...own.all()].slice(-1) })),
  },
  {
    name: 'visible-late',
    sentence: 'A new user is in the snapshot only a fifth of a second after its sign-in was answered.',
    requirement: 'USR-LIFE-001',
    seed: store((own) => {
      const young = new Set<string>();
      return {
        all: () => [...own.all()].filter(({ id }) => !young.has(id)),
        signIn(identity, now) {
          const user = own.signIn(identity, now);
          if (user.created === user.updated) young.add(user.id);
          setTimeout(() => young.delete(user.id), 200);
          return user;
        },
      };
    }),
  },
  {
    name: 'disconnect-is-late',
    sentence: 'Disconnecting is answered before the user is removed, which takes a fifth of a second more.',
    requirement: 'USR-LIFE-002',
    seed: handlers((own, users, prepared) => ({
      users_disconnect_user: async (request, reply) => {
        const user = users.find(request.params.user);
        if (!user) return own.users_disconnect_user(request, reply);
        const others = [...users.all()].filter(({ id }) => id !== user.id).map((one) => prepared.profile(one));
        void pause(200).then(() => {
          users.remove(user.id);
          prepared.changed();
        });
        return reply.type('application/json').send(`{"iterable":[${others.join(',')}]}`);
      },
    })),
  },
  {
    name: 'reading-counts-as-update',
    sentence: 'Reading a profile by id sets its time of update.',
    requirement: 'USR-LIFE-015',
    seed: store((own) => ({
      find(id) {
        const user = own.find(id);
        return user && { ...user, updated: new Date().toISOString() };
      },
    })),
  },
  {
    name: 'one-is-newest',
    sentence: 'A profile by id is that of the user who signed in last, whoever is asked for.',
    requirement: 'USR-ID-001',
    seed: handlers((own, users, prepared) => ({
      users_specific_user_snapshot: async (request, reply) => {
        const newest = [...users.all()].at(-1);
        if (!users.find(request.params.user) || !newest) return own.users_specific_user_snapshot(request, reply);
        return reply.type('application/json').send(prepared.profile(newest));
      },
    })),
  },
];
