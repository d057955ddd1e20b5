import type { Alteration } from '../run.ts';
import type { User } from '../user.ts';
import { store } from './hooks.ts';

/** Users under other ids than the store gives them. */
export const otherIds = (idOf: (user: User) => string): Alteration =>
  store((own) => {
    const renamed = new WeakMap<User, User>(); // the same object as long as the user is the same: its bytes are prepared once
    const originals = new Map<string, string>();
    const rename = (user: User): User => {
      const known = renamed.get(user);
      if (known) return known;
      const other = { ...user, id: idOf(user) };
      renamed.set(user, other);
      originals.set(other.id, user.id);
      return other;
    };
    for (const user of own.all()) rename(user);
    return {
      all: () => [...own.all()].map(rename),
      find(id) {
        const user = own.find(originals.get(id) ?? '');
        return user && rename(user);
      },
      signIn: (identity, now) => rename(own.signIn(identity, now)),
      remove: (id) => own.remove(originals.get(id) ?? ''),
    };
  });
