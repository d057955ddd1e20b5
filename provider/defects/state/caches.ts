import { both, extend, handlers, isAt, snapshots, store } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** The prepared snapshot is not told of changes of one kind. */
function forgets(kind: 'sign-in' | 'update' | 'disconnect') {
  let last = '';
  return both(
    store((own) => ({
      signIn(identity, now) {
        const user = own.signIn(identity, now);
        last = user.created === user.updated ? 'sign-in' : 'update';
        return user;
      },
      remove(id) {
        last = 'disconnect';
        return own.remove(id);
      },
    })),
    snapshots((own) => ({
      changed() {
        if (last !== kind) own.changed();
      },
    })),
  );
}

/** Answers profiles by id from a cache that some changes do not reach. */
const cachesProfiles = (outlivesDisconnect: boolean) =>
  handlers((own, users, prepared) => {
    const kept = new Map<string, Buffer>();
    return {
      users_specific_user_snapshot: async (request, reply) => {
        const user = users.find(request.params.user);
        if (user && !kept.has(user.id)) kept.set(user.id, prepared.profile(user));
        const bytes = user || outlivesDisconnect ? kept.get(request.params.user) : undefined;
        return bytes ? reply.type('application/json').send(bytes) : own.users_specific_user_snapshot(request, reply);
      },
    };
  });

/** Stale caches. */
export const cacheDefects: readonly Defect[] = [
  {
    name: 'sign-in-leaves-snapshot',
    sentence: 'A sign-in does not make the cached snapshot be prepared anew.',
    requirement: 'USR-LIFE-001',
    seed: forgets('sign-in'),
  },
  {
    name: 'update-leaves-snapshot',
    sentence: 'Signing in again does not make the cached snapshot be prepared anew.',
    requirement: 'USR-LIFE-006',
    seed: forgets('update'),
  },
  {
    name: 'disconnect-leaves-snapshot',
    sentence: 'Disconnecting does not make the cached snapshot be prepared anew.',
    requirement: 'USR-LIFE-002',
    seed: forgets('disconnect'),
  },
  {
    name: 'snapshot-is-kept-a-while',
    sentence: 'The snapshot is kept for two seconds, whatever happens meanwhile.',
    requirement: 'USR-LIFE-001',
    seed: snapshots((own) => {
      let kept = own.current();
      let until = 0;
      return {
        current() {
          if (Date.now() > until) {
            kept = own.current();
            until = Date.now() + 2_000;
          }
          return kept;
        },
      };
    }),
  },
  {
    name: 'profile-outlives-disconnect',
    sentence: 'A profile that was read by id once is answered for ever, even when its user has gone.',
    requirement: 'USR-LIFE-002',
    seed: cachesProfiles(true),
  },
  {
    name: 'profile-outlives-update',
    sentence: 'A profile that was read by id once stays as it was when its user signs in again.',
    requirement: 'USR-LIFE-006',
    seed: cachesProfiles(false),
  },
  {
    name: 'tag-is-number-of-users',
    sentence: 'The entity tag of the snapshot is the number of users: an update does not change it.',
    requirement: 'USR-LIFE-029',
    seed: snapshots((own, users) => ({
      current: () => ({ bytes: own.current().bytes, etag: `"${[...users.all()].length}"` }),
    })),
  },
  {
    name: 'tag-is-of-the-newest',
    sentence:
      'The entity tag of the snapshot is made of the last change of those who are there: when another leaves it stays.',
    requirement: 'USR-LIFE-029',
    seed: snapshots((own, users) => ({
      current: () => ({
        bytes: own.current().bytes,
        etag: `"${Math.max(0, ...[...users.all()].map(({ updated }) => Date.parse(updated)))}"`,
      }),
    })),
  },
  {
    name: 'tag-never-changes',
    sentence: 'The entity tag of the snapshot is made at the start of the provider and never again.',
    requirement: 'USR-LIFE-029',
    seed: snapshots((own) => {
      const { etag } = own.current();
      return { current: () => ({ bytes: own.current().bytes, etag }) };
    }),
  },
  {
    name: 'any-tag-is-known',
    sentence: 'Any If-None-Match is answered with 304.',
    requirement: 'USR-LIFE-029',
    seed: extend((app) => {
      app.addHook('preHandler', async (request, reply) => {
        if (isAt(request, 'snapshot') && request.headers['if-none-match']) return reply.code(304).send();
      });
    }),
  },
  {
    name: 'date-is-of-the-newest',
    sentence: 'The date of the snapshot is that of the user changed last: when another leaves it stays.',
    requirement: 'USR-LIFE-029',
    seed: handlers((own, users) => ({
      users_snapshot: async (request, reply) => {
        const newest = Math.max(0, ...[...users.all()].map(({ updated }) => Date.parse(updated)));
        const date = new Date(newest).toUTCString();
        if (request.headers['if-modified-since'] === date) return reply.code(304).send();
        reply.header('last-modified', date);
        return own.users_snapshot(request, reply);
      },
    })),
  },
  {
    name: 'unmet-tag-empties-the-list',
    sentence: 'To make its tag the list is read to the end: asked with another tag, nothing is left of it to send.',
    requirement: 'USR-LIFE-049',
    seed: handlers((own, _users, prepared) => ({
      users_snapshot: async (request, reply) => {
        const tag = request.headers['if-none-match'];
        return tag && tag !== prepared.current().etag ? { iterable: [] } : own.users_snapshot(request, reply);
      },
    })),
  },
  {
    name: 'any-date-is-late-enough',
    sentence: 'Whatever date a snapshot is asked with, nothing has changed since.',
    requirement: 'USR-LIFE-049',
    seed: handlers((own) => ({
      users_snapshot: async (request, reply) =>
        request.headers['if-modified-since'] ? reply.code(304).send() : own.users_snapshot(request, reply),
    })),
  },
];
