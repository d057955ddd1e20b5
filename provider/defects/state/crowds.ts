import { handlers, json, store } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** Faults that show only with certain others there, or none. */
export const crowdDefects: readonly Defect[] = [
  {
    name: 'disconnect-takes-the-address',
    sentence: 'Disconnecting a user removes everybody who has the same e-mail.',
    requirement: 'USR-LIFE-038',
    seed: store((own) => ({
      remove(id) {
        const email = own.find(id)?.identity.email;
        const same = [...own.all()].filter(({ identity }) => email !== undefined && identity.email === email);
        for (const user of same) own.remove(user.id);
        return same.length > 0 || own.remove(id);
      },
    })),
  },
  {
    name: 'eldest-reads-as-the-next',
    sentence: 'Once there are three users, the eldest by id is answered with the profile of the second.',
    requirement: 'USR-LIFE-038',
    seed: handlers((own, users, prepared) => ({
      users_specific_user_snapshot: async (request, reply) => {
        const [eldest, next, third] = users.all();
        if (!third || !next || eldest?.id !== request.params.user)
          return own.users_specific_user_snapshot(request, reply);
        return reply.type('application/json').send(prepared.profile(next));
      },
    })),
  },
  {
    name: 'last-one-left-is-no-array',
    sentence: 'When a disconnect leaves one user, that user stands in iterable in the place of an array.',
    requirement: 'USR-LIFE-038',
    seed: json('disconnect', (users) =>
      users.iterable.length === 1 ? { ...users, iterable: users.iterable[0] } : users,
    ),
  },
  {
    name: 'namesakes-are-counted',
    sentence: 'A username ends with the count of namesakes who are there: once one has left, the next is 500.',
    requirement: 'USR-LIFE-038',
    seed: store((own) => {
      const given = new Map<string, string>();
      return {
        signIn(identity, now) {
          const isKnown = [...own.all()].some((user) => user.identity.subject === identity.subject);
          if (isKnown || identity.nickname === undefined) return own.signIn(identity, now);
          const { nickname } = identity;
          const there = [...own.all()].filter((user) => user.identity.nickname === nickname);
          const username = `${nickname}${there.length || ''}`;
          if (there.some(({ id }) => given.get(id) === username)) throw new TypeError(`${username} is not unique`);
          const user = own.signIn(identity, now);
          given.set(user.id, username);
          return user;
        },
      };
    }),
  },
  {
    name: 'disconnect-answers-a-page',
    sentence: 'A disconnect answers the first fifty of those who are left.',
    requirement: 'USR-LIFE-007',
    seed: json('disconnect', (users) => ({ ...users, iterable: users.iterable.slice(0, 50) })),
  },
  {
    name: 'newest-is-still-answered',
    sentence: 'When the user who came last is disconnected, the answer still holds it.',
    requirement: 'USR-LIFE-007',
    seed: handlers((own, users, prepared) => ({
      users_disconnect_user: async (request, reply) => {
        const [newest, other] = [...users.all()].reverse();
        if (!other || newest?.id !== request.params.user) return own.users_disconnect_user(request, reply);
        const before = prepared.current().bytes;
        users.remove(newest.id);
        prepared.changed();
        return reply.type('application/json').send(before);
      },
    })),
  },
  {
    name: 'star-is-everybody',
    sentence: 'Disconnecting * removes everybody.',
    requirement: 'USR-LIFE-010',
    seed: store((own) => ({
      remove(id) {
        if (id !== '*') return own.remove(id);
        for (const user of [...own.all()]) own.remove(user.id);
        return true;
      },
      find: (id) => (id === '*' ? [...own.all()][0] && { ...[...own.all()][0]!, id } : own.find(id)),
    })),
  },
  {
    name: 'query-finds-nobody',
    sentence: 'The snapshot is empty when its address has a query: it is taken for a filter.',
    requirement: 'USR-LIFE-039',
    seed: json('snapshot', (users, _reply, request) => (request.url.includes('?') ? { iterable: [] } : users)),
  },
  {
    name: 'query-reads-the-newest',
    sentence: 'A profile by id with a query in the address is that of the user who signed in last.',
    requirement: 'USR-LIFE-039',
    seed: handlers((own, users, prepared) => ({
      users_specific_user_snapshot: async (request, reply) => {
        const newest = [...users.all()].at(-1);
        if (!request.url.includes('?') || !users.find(request.params.user) || !newest)
          return own.users_specific_user_snapshot(request, reply);
        return reply.type('application/json').send(prepared.profile(newest));
      },
    })),
  },
];
