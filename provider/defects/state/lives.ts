import { decodeJwt } from 'jose';
import { before, both, handlers, isAt, json, rewrites, snapshots, store, verifier } from '../../alterations/hooks.ts';
import { otherIds } from '../../alterations/other-ids.ts';
import { Problem } from '../../problem.ts';
import type { Store } from '../../store.ts';
import type { User } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { remembers } from '../support/keeping.ts';

/** A disconnect that finds nobody removes somebody else all the same. */
const removesInstead = (choose: (id: string, users: Store, known: ReadonlySet<string>) => User | undefined) => {
  const known = new Set<string>();
  return handlers((own, users, prepared) => ({
    users_disconnect_user: async (request, reply) => {
      const { user: id } = request.params;
      if (users.find(id)) known.add(id);
      else {
        const other = choose(id, users, known);
        if (other) users.remove(other.id);
        prepared.changed();
      }
      return own.users_disconnect_user(request, reply);
    },
  }));
};

const newest = (users: Store): User | undefined => [...users.all()].at(-1);

/** Does something to whom a refused token was about. */
const onRefusal = (act: (subject: string, users: Store, former: ReadonlyMap<string, User>) => void) => {
  const former = new Map<string, User>();
  return both(
    store((own) => ({
      remove(id) {
        const user = own.find(id);
        if (user) former.set(user.identity.subject, user);
        return own.remove(id);
      },
    })),
    handlers((own, users, prepared) => ({
      authenticate_from_oauth_token: async (request, reply) => {
        try {
          return await own.authenticate_from_oauth_token(request, reply);
        } catch (refusal) {
          act(subjectOf(request.body?.access_token), users, former);
          prepared.changed();
          throw refusal;
        }
      },
    })),
  );
};

function subjectOf(token: string | undefined): string {
  try {
    return decodeJwt(token ?? '').sub ?? '';
  } catch {
    return '';
  }
}

/** Faults that take more than one step to be seen. */
export const lifeDefects: readonly Defect[] = [
  {
    name: 'users-expire',
    sentence: 'A user is signed out two seconds after the last sign-in, as a session would be.',
    requirement: 'USR-LIFE-037',
    seed: both(
      store((own) => ({
        signIn(identity, now) {
          const user = own.signIn(identity, now);
          setTimeout(() => own.find(user.id)?.updated === user.updated && own.remove(user.id), 2_000).unref();
          return user;
        },
      })),
      snapshots((own) => ({
        current() {
          own.changed();
          return own.current();
        },
      })),
    ),
  },
  {
    name: 'subjects-are-forgotten',
    sentence: 'Who has not signed in for two seconds is not recognised: the next sign-in makes another user.',
    requirement: 'USR-LIFE-037',
    seed: store((own) => {
      const last = new Map<string, { at: number; key: string }>();
      return {
        signIn(identity, now) {
          const { at, key } = last.get(identity.subject) ?? { at: Date.now(), key: identity.subject };
          const known = Date.now() - at < 2_000 ? key : `${key}'`;
          last.set(identity.subject, { at: Date.now(), key: known });
          return own.signIn({ ...identity, subject: known }, now);
        },
      };
    }),
  },
  {
    name: 'nobody-leaves-nobody',
    sentence: 'Disconnecting an id that is nobody answers 200 and that nobody is there.',
    requirement: 'USR-LIFE-010',
    seed: handlers((own, users) => ({
      users_disconnect_user: async (request, reply) =>
        users.find(request.params.user) ? own.users_disconnect_user(request, reply) : reply.send({ iterable: [] }),
    })),
  },
  {
    name: 'users-leave-with-their-token',
    sentence: 'A user is signed out when the token that it signed in with expires.',
    requirement: 'USR-LIFE-041',
    seed: (parts, settings) => {
      const expiries = new Map<string, number>();
      return both(
        verifier((verify) => async (token) => {
          const identity = await verify(token);
          expiries.set(identity.subject, Number(decodeJwt(token).exp) * 1000);
          return identity;
        }),
        store((own) => ({
          signIn(identity, now) {
            const user = own.signIn(identity, now);
            const left = (expiries.get(identity.subject) ?? 0) - Date.now();
            if (left < 60_000) setTimeout(() => own.remove(user.id), left).unref();
            return user;
          },
        })),
        snapshots((own) => ({
          current() {
            own.changed();
            return own.current();
          },
        })),
      )(parts, settings);
    },
  },
  {
    name: 'listed-with-each-sign-in',
    sentence: 'Who has signed in more than once is in the snapshot twice.',
    requirement: 'USR-LIFE-005',
    seed: store((own) => ({
      all: () => [...own.all()].flatMap((user) => (user.created === user.updated ? [user] : [user, user])),
    })),
  },
  {
    name: 'disconnect-answers-less',
    sentence: 'The users that a disconnect answers lack their picture, which the snapshot has.',
    requirement: 'USR-LIFE-007',
    seed: json('disconnect', (users) => ({
      ...users,
      iterable: users.iterable.map(({ picture, ...user }: { picture?: string }) => user),
    })),
  },
  {
    name: 'second-disconnect-removes-newest',
    sentence: 'Disconnecting somebody again removes who signed in last.',
    requirement: 'USR-LIFE-009',
    seed: removesInstead((id, users, known) => (known.has(id) ? newest(users) : undefined)),
  },
  {
    name: 'disconnecting-nobody-removes-newest',
    sentence: "Disconnecting an id that was never anybody's removes who signed in last.",
    requirement: 'USR-LIFE-010',
    seed: removesInstead((id, users, known) => (known.has(id) ? undefined : newest(users))),
  },
  {
    name: 'fifth-disconnect-is-nothing',
    sentence: 'From the fifth time on, disconnecting the same person is answered and not done.',
    requirement: 'USR-LIFE-012',
    seed: store((own) => {
      const times = new Map<string, number>();
      return {
        remove(id) {
          const subject = own.find(id)?.identity.subject ?? '';
          times.set(subject, (times.get(subject) ?? 0) + 1);
          return (times.get(subject) ?? 0) >= 5 || own.remove(id);
        },
      };
    }),
  },
  {
    name: 'expired-token-signs-out',
    sentence: 'A token that is refused signs its person out.',
    requirement: 'USR-LIFE-013',
    seed: onRefusal((subject, users) => {
      const user = [...users.all()].find(({ identity }) => identity.subject === subject);
      if (user) users.remove(user.id);
    }),
  },
  {
    name: 'head-disconnects',
    sentence: 'HEAD on the path of disconnect does what POST does.',
    requirement: 'USR-LIFE-016',
    seed: rewrites((url, method) =>
      method === 'HEAD' && url.endsWith('/disconnect') ? { method: 'POST' } : undefined,
    ),
  },
  {
    name: 'other-paths-disconnect',
    sentence: 'Whatever is posted below the path of a user disconnects it.',
    requirement: 'USR-LIFE-018',
    seed: rewrites((url, method) => {
      const user = /^\/users\/[^/]+(?=\/)/.exec(url)?.[0];
      return user && method === 'POST' && !url.includes('from_token') ? { url: `${user}/disconnect` } : undefined;
    }),
  },
  {
    name: 'updated-goes-back',
    sentence: 'A third sign-in sets the time of update to that of creation.',
    requirement: 'USR-LIFE-020',
    seed: remembers((user, before) =>
      before && before.updated !== before.created ? { ...user, updated: user.created } : user,
    ),
  },
  {
    name: 'tag-outlives-user',
    sentence: 'Profiles by id have an entity tag that is known for ever, also when their user has gone.',
    requirement: 'USR-LIFE-030',
    seed: both(
      before((request, reply) => {
        const isKnown = request.headers['if-none-match']?.startsWith('"user-');
        return isKnown && isAt(request, 'one') ? reply.code(304).send() : undefined;
      }),
      json('one', (user, reply) => {
        reply.header('etag', `"user-${user.updated.value}"`);
        return user;
      }),
    ),
  },
  {
    name: 'tag-of-user-is-a-second',
    sentence:
      'The entity tag of a profile is the second of its last change: of two in one second the later is not seen.',
    requirement: 'USR-LIFE-030',
    seed: snapshots((own) => ({
      one: (user) => ({ bytes: own.one(user).bytes, etag: `"${user.id}-${user.updated.slice(0, 19)}"` }),
    })),
  },
  {
    name: 'answers-may-be-kept',
    sentence: 'Answers say that they may be used again for ten minutes.',
    requirement: 'USR-LIFE-031',
    seed: before((_request, reply) => {
      reply.header('cache-control', 'max-age=600');
    }),
  },
  {
    name: 'id-has-a-bar',
    sentence: 'Ids begin with the provider and a bar, which must be encoded in a path.',
    requirement: 'USR-LIFE-032',
    seed: otherIds(({ id }) => `auth0|${id}`),
  },
  {
    name: 'refusal-brings-back',
    sentence: 'A token that is refused signs its person in again, if it was signed in before.',
    requirement: 'USR-LIFE-034',
    seed: onRefusal((subject, users, former) => {
      const user = former.get(subject);
      if (user) users.signIn(user.identity, new Date().toISOString());
    }),
  },
  {
    name: 'reads-need-authorization',
    sentence: 'Reading one user and disconnecting it need an Authorization header.',
    requirement: 'USR-LIFE-035',
    seed: before((request) => {
      if (isAt(request, 'one', 'disconnect') && !request.headers.authorization) throw new Problem(401, 'Who are you?');
    }),
  },
  {
    name: 'snapshot-needs-authorization',
    sentence: 'Once somebody has signed in, the snapshot needs an Authorization header.',
    requirement: 'USR-SNAP-002',
    seed: (parts, settings) =>
      before((request) => {
        const isEmpty = [...parts.store.all()].length === 0;
        if (isAt(request, 'snapshot') && !isEmpty && !request.headers.authorization)
          throw new Problem(401, 'Who are you?');
      })(parts, settings),
  },
  {
    name: 'disconnect-waits-for-connection',
    sentence: 'A disconnect over the connection of the sign-in counts only once that connection is closed.',
    requirement: 'USR-LIFE-036',
    seed: handlers((own, users, prepared) => {
      const connections = new Map<string, object>();
      return {
        authenticate_from_oauth_token: async (request, reply) => {
          const sent = await own.authenticate_from_oauth_token(request, reply);
          const user = [...users.all()].find(
            ({ identity }) => identity.subject === subjectOf(request.body?.access_token),
          );
          if (user) connections.set(user.id, request.raw.socket);
          return sent;
        },
        users_disconnect_user: async (request, reply) => {
          const user = users.find(request.params.user);
          const { socket } = request.raw;
          if (!user || connections.get(user.id) !== socket) return own.users_disconnect_user(request, reply);
          socket.once('close', () => {
            users.remove(user.id);
            prepared.changed();
          });
          const others = [...users.all()].filter(({ id }) => id !== user.id).map((one) => prepared.profile(one));
          return reply.type('application/json').send(`{"iterable":[${others.join(',')}]}`);
        },
      };
    }),
  },
];
