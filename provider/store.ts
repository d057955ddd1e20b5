import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Identity, User } from './user.ts';

/** Keeps the users. What a method has returned from is on the disk: it outlives a crash of the process right after. */
export interface Store {
  /** In the order in which they signed in first. */
  all(): Iterable<User>;
  find(id: string): User | undefined;
  /** Makes a user, or updates the one of the same subject. `now` as `Clock` tells it. */
  signIn(identity: Identity, now: string): User;
  /** False when there was no such user. */
  remove(id: string): boolean;
  close(): void;
}

// WAL with synchronous=FULL syncs the log at every commit. The subject is kept as JSON text, because SQLite ends a text at NUL.
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS users (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL UNIQUE,
    identity TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL
  ) STRICT;
`;

/** Opens the SQLite database in `dataDir`. Reads are answered from memory, writes go to the disk first. */
export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(join(dataDir, 'users.sqlite'));
  database.exec(SCHEMA);
  const insert = database.prepare('INSERT INTO users (id, subject, identity, created, updated) VALUES (?, ?, ?, ?, ?)');
  const update = database.prepare('UPDATE users SET identity = ?, updated = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM users WHERE id = ?');

  const byId = new Map<string, User>();
  const bySubject = new Map<string, User>();
  const keep = (user: User): User => {
    byId.set(user.id, user);
    bySubject.set(user.identity.subject, user);
    return user;
  };
  for (const row of database.prepare('SELECT id, identity, created, updated FROM users ORDER BY position').all()) {
    const { id, identity, created, updated } = row as Record<string, string>;
    keep({ id, identity: JSON.parse(identity as string), created, updated } as User);
  }

  return {
    all: () => byId.values(),
    find: (id) => byId.get(id),
    signIn(identity, now) {
      const known = bySubject.get(identity.subject);
      const user = { id: known?.id ?? randomUUID(), identity, created: known?.created ?? now, updated: now };
      const text = JSON.stringify(identity);
      if (known) update.run(text, now, user.id);
      else insert.run(user.id, JSON.stringify(identity.subject), text, now, now);
      return keep(user);
    },
    remove(id) {
      const user = byId.get(id);
      if (!user) return false;
      remove.run(id);
      byId.delete(id);
      bySubject.delete(user.identity.subject);
      return true;
    },
    close: () => database.close(),
  };
}
