import { extend, handlers, isAt, store } from '../../alterations/hooks.ts';
import type { Store } from '../../store.ts';
import type { User } from '../../user.ts';
import type { Defect } from '../defect.ts';

/** Finds a user where the provider's own look-up finds none. */
const findsToo = (find: (id: string, users: readonly User[]) => User | undefined) =>
  store((own: Store) => ({ find: (id) => own.find(id) ?? find(id, [...own.all()]) }));

/** Answers otherwise where a user is not found. */
const unknown = (status: number, body: string, headers: Record<string, string> = {}) =>
  handlers((own, users) => ({
    users_specific_user_snapshot: async (request, reply) =>
      users.find(request.params.user)
        ? own.users_specific_user_snapshot(request, reply)
        : reply
            .code(status)
            .headers({ 'content-type': 'application/json', ...headers })
            .send(body),
  }));

/** Answers 500 where the provider refuses with a 4xx. */
const failsInstead = (status: number) =>
  extend((app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode === status && isAt(request, 'authenticate')) reply.code(500);
      return payload;
    });
  });

/** Faults of how nobody, and nonsense, is refused. */
export const refusalDefects: readonly Defect[] = [
  {
    name: 'unknown-is-empty-object',
    sentence: 'An id that is nobody is answered with 200 and {}.',
    requirement: 'USR-ONE-002',
    seed: unknown(200, '{}'),
  },
  {
    name: 'unknown-is-null',
    sentence: 'An id that is nobody is answered with 200 and null.',
    requirement: 'USR-ONE-002',
    seed: unknown(200, 'null'),
  },
  {
    name: 'unknown-is-204',
    sentence: 'An id that is nobody is answered with 204.',
    requirement: 'USR-ONE-002',
    seed: unknown(204, ''),
  },
  {
    name: 'unknown-is-500',
    sentence: 'An id that is nobody is answered with 500.',
    requirement: 'USR-ONE-002',
    seed: unknown(500, '{}'),
  },
  {
    name: 'unknown-is-redirected',
    sentence: 'An id that is nobody is redirected to the snapshot.',
    requirement: 'USR-ONE-002',
    seed: unknown(302, '', { location: '/users' }),
  },
  {
    name: 'unknown-is-somebody',
    sentence: 'An id that is nobody is answered with the profile of the newest user.',
    requirement: 'USR-ONE-002',
    seed: findsToo((_id, users) => users.at(-1)),
  },
  {
    name: 'id-is-prefix',
    sentence: 'The beginning of an id finds its user.',
    requirement: 'USR-SEC-061',
    seed: findsToo((id, users) => users.find((user) => user.id.startsWith(id))),
  },
  {
    name: 'id-is-pattern',
    sentence: 'A per cent sign in an id stands for anything, as in LIKE.',
    requirement: 'USR-SEC-063',
    seed: findsToo((id, users) => (id.includes('%') ? users[0] : undefined)),
  },
  {
    name: 'malformed-id-is-500',
    sentence: 'What is no UUID is answered with 500.',
    requirement: 'USR-ONE-003',
    seed: store((own) => ({
      find(id) {
        if (!/^[0-9a-f-]{36}$/i.test(id)) throw new Error('invalid input syntax for type uuid');
        return own.find(id);
      },
    })),
  },
  {
    name: 'second-disconnect-is-500',
    sentence: 'Disconnecting who is not signed in answers 500.',
    requirement: 'USR-DISC-003',
    seed: handlers((own, users) => ({
      users_disconnect_user: async (request, reply) => {
        if (!users.find(request.params.user)) throw new TypeError("Cannot read properties of undefined (reading 'id')");
        return own.users_disconnect_user(request, reply);
      },
    })),
  },
  {
    name: 'bad-json-is-500',
    sentence: 'A body that is no JSON is answered with 500.',
    requirement: 'USR-AUTH-002',
    seed: failsInstead(400),
  },
  {
    name: 'bad-token-is-500',
    sentence: 'A token that is not valid is answered with 500.',
    requirement: 'USR-AUTH-005',
    seed: failsInstead(401),
  },
  {
    name: 'bad-token-is-200',
    sentence: 'A token that is not valid is answered with 200 and an error in the body.',
    requirement: 'USR-AUTH-005',
    seed: extend((app) => {
      app.addHook('onSend', async (request, reply, payload) => {
        if (reply.statusCode === 401 && isAt(request, 'authenticate')) reply.code(200);
        return payload;
      });
    }),
  },
];
