import { decodeJwt } from 'jose';
import { extend, handlers, store, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { User } from '../../user.ts';
import type { Defect } from '../defect.ts';

/** Disconnects whom `find` finds, where the provider finds nobody. */
const disconnects = (find: (id: string, users: readonly User[]) => User | undefined): Alteration =>
  handlers((own, users) => ({
    users_disconnect_user: async (request, reply) => {
      const { user: id } = request.params;
      const other = users.find(id) ? undefined : find(id, [...users.all()]);
      if (other) Object.assign(request.params, { user: other.id });
      return own.users_disconnect_user(request, reply);
    },
  }));

type Members = { [name: string]: unknown };

/** Merges as many a library has: also into what stands under __proto__. */
function merge(into: Members, from: Members): void {
  for (const name of Object.keys(from)) {
    const [target, value] = [into[name], from[name]];
    const goesDeeper = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (goesDeeper && (typeof target === 'object' || typeof target === 'function') && target !== null)
      merge(target as Members, value as Members);
    else into[name] = value;
  }
}

/** Ids and members that reach what they must not. */
export const lookupDefects: readonly Defect[] = [
  {
    name: 'disconnect-by-prefix',
    sentence: 'Disconnecting takes the beginning of an id for the id.',
    requirement: 'USR-SEC-062',
    seed: disconnects((id, users) => users.find((user) => user.id.startsWith(id))),
  },
  {
    name: 'nickname-goes-before-id',
    sentence: 'A profile by id is that of who has the id for a nickname, where there is somebody.',
    requirement: 'USR-ID-031',
    seed: store((own) => ({
      find: (id) => [...own.all()].find(({ identity }) => identity.nickname === id) ?? own.find(id),
    })),
  },
  {
    name: 'nickname-disconnects',
    sentence: 'Disconnecting takes a nickname for the id, where nobody has that id.',
    requirement: 'USR-ID-031',
    seed: disconnects((id, users) => users.find(({ identity }) => identity.nickname === id)),
  },
  {
    name: 'found-by-email',
    sentence: 'Where no id fits, a user is looked for by its e-mail address.',
    requirement: 'USR-SEC-072',
    seed: store((own) => ({
      find: (id) => own.find(id) ?? [...own.all()].find(({ identity }) => identity.email === id),
    })),
  },
  {
    name: 'disconnect-by-subject',
    sentence: 'Disconnecting takes the subject for the id.',
    requirement: 'USR-SEC-072',
    seed: disconnects((id, users) => users.find(({ identity }) => identity.subject === id)),
  },
  {
    name: 'disconnect-by-pattern',
    sentence: 'Disconnecting looks for ids with LIKE: a per cent sign stands for anything.',
    requirement: 'USR-SEC-064',
    seed: disconnects((id, users) => (/^[%_]+$/.test(id) ? users.at(-1) : undefined)),
  },
  {
    name: 'id-is-property',
    sentence: 'Users are kept in a plain object by their id: the names of its own members are found.',
    requirement: 'USR-SEC-067',
    seed: store((own) => ({ find: (id) => own.find(id) ?? ({} as Record<string, User>)[id] })),
  },
  {
    name: 'body-is-merged',
    sentence: 'Bodies are merged into the defaults member by member, __proto__ included.',
    requirement: 'USR-SEC-068',
    seed: extend((app) => {
      app.addHook('preValidation', async (request) => {
        if (typeof request.body === 'object' && request.body) merge({}, request.body as Members);
      });
    }),
  },
  {
    name: 'claims-are-merged',
    sentence: 'Claims are merged into the defaults member by member, __proto__ included.',
    requirement: 'USR-SEC-069',
    seed: verifier((verify) => async (token) => {
      const identity = await verify(token);
      merge({}, decodeJwt(token));
      return identity;
    }),
  },
];
