import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { store } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { User } from '../../user.ts';

/** What made it necessary to save. */
export type Occasion = 'sign-in' | 'update' | 'disconnect' | 'exit';

/** The users in memory and in one JSON file; `save` decides when and how `file` is written with what `text` gives then. */
export const fileStore = (save: (occasion: Occasion, text: () => string, file: string) => void): Alteration =>
  store((own, { dataDir }) => {
    const file = join(dataDir, 'users.json');
    const users = new Map<string, User>(read(file).map((user) => [user.id, user]));
    const saveOn = (occasion: Occasion) => save(occasion, () => JSON.stringify([...users.values()]), file);
    return {
      all: () => users.values(),
      find: (id) => users.get(id),
      signIn(identity, now) {
        const known = [...users.values()].find((user) => user.identity.subject === identity.subject);
        const user = { id: known?.id ?? randomUUID(), identity, created: known?.created ?? now, updated: now };
        users.set(user.id, user);
        saveOn(known ? 'update' : 'sign-in');
        return user;
      },
      remove(id) {
        const was = users.delete(id);
        if (was) saveOn('disconnect');
        return was;
      },
      close() {
        saveOn('exit');
        own.close();
      },
    };
  });

/** A file that is missing or broken is an empty one. */
function read(file: string): User[] {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  } catch {
    return [];
  }
}

export const write = (text: () => string, file: string): void => writeFileSync(file, text());
