import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { both, store, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Store } from '../../store.ts';
import type { User } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { claimsOf } from '../support/claims.ts';
import { fileStore, write } from '../support/file-store.ts';

/** A user as it stands in the file. */
type Saved = Pick<User, 'id' | 'identity'>;

/** Some who are disconnected are only hidden until the next start. */
const hides = (isKept: (id: string) => boolean): Alteration =>
  store((own) => {
    const hidden = new Set<string>();
    return {
      all: () => [...own.all()].filter(({ id }) => !hidden.has(id)),
      find: (id) => (hidden.has(id) ? undefined : own.find(id)),
      signIn(identity, now) {
        const user = own.signIn(identity, now);
        hidden.delete(user.id);
        return user;
      },
      remove: (id) =>
        isKept(id) ? own.find(id) !== undefined && !hidden.has(id) && hidden.add(id) !== undefined : own.remove(id),
    };
  });

/** Who was disconnected while the sign-in was verified is a user again in memory, and not on the disk. */
function forgetsTheDisconnected(): Alteration {
  const lost = new Map<string, User>();
  const raced = new Set<string>();
  const isThere = (users: Store, subject: unknown): boolean =>
    [...users.all()].some(({ identity }) => identity.subject === subject);
  return (parts, settings) =>
    both(
      verifier((verify) => async (token) => {
        const wasThere = isThere(parts.store, claimsOf(token).sub);
        const identity = await verify(token);
        await sleep(4);
        if (wasThere && !isThere(parts.store, identity.subject)) raced.add(identity.subject);
        return identity;
      }),
      store((own) => ({
        all: () => [...own.all(), ...lost.values()],
        find: (id) => own.find(id) ?? lost.get(id),
        signIn(identity, now) {
          if (!raced.delete(identity.subject)) return own.signIn(identity, now);
          const user = { id: randomUUID(), identity, created: now, updated: now };
          lost.set(user.id, user);
          return user;
        },
        remove: (id) => lost.delete(id) || own.remove(id),
      })),
    )(parts, settings);
}

/** Faults of when and how changes get to the disk. */
export const saveDefects: readonly Defect[] = [
  {
    name: 'memory-only',
    sentence: 'Users are kept in memory and nowhere else.',
    requirement: 'USR-DUR-001',
    seed: fileStore(() => undefined),
  },
  {
    name: 'saved-at-exit',
    sentence: 'Users are saved when the provider is ended politely, and never before.',
    requirement: 'USR-DUR-002',
    seed: fileStore((occasion, text, file) => {
      if (occasion === 'exit') write(text, file);
    }),
  },
  {
    name: 'saved-each-second',
    sentence: 'Changes are saved once a second.',
    requirement: 'USR-DUR-011',
    seed: fileStore(
      (() => {
        let isDue = false;
        return (occasion, text, file) => {
          if (occasion === 'exit') return write(text, file);
          if (isDue) return;
          isDue = true;
          setTimeout(() => {
            isDue = false;
            write(text, file);
          }, 1_000);
        };
      })(),
    ),
  },
  {
    name: 'each-32nd-waits',
    sentence: 'Every 32nd change is saved with the next one.',
    requirement: 'USR-DUR-023',
    seed: fileStore(
      (() => {
        let changes = 0;
        return (occasion, text, file) => {
          changes += 1;
          if (occasion === 'exit' || changes % 32 !== 0) write(text, file);
        };
      })(),
    ),
  },
  {
    name: 'hundredth-save-loses-newest',
    sentence: 'Each hundredth save tidies up first, and loses the user who signed in last for good.',
    requirement: 'USR-DUR-023',
    seed: fileStore(
      (() => {
        let changes = 0;
        let lost: string | undefined;
        return (_occasion, text, file) => {
          changes += 1;
          const users: { id: string; updated: string }[] = JSON.parse(text());
          if (changes % 100 === 0) lost = users.toSorted((a, b) => a.updated.localeCompare(b.updated)).at(-1)?.id;
          write(() => JSON.stringify(users.filter(({ id }) => id !== lost)), file);
        };
      })(),
    ),
  },
  {
    name: 'tidying-drops-long-profiles',
    sentence: 'From the hundredth change on what is saved is tidied up, and users with long profiles are lost.',
    requirement: 'USR-DUR-021',
    seed: fileStore(
      (() => {
        let changes = 0;
        return (_occasion, text, file) => {
          changes += 1;
          const users: { identity: object }[] = JSON.parse(text());
          const isShort = ({ identity }: { identity: object }) => JSON.stringify(identity).length < 1_000;
          write(() => JSON.stringify(changes < 100 ? users : users.filter(isShort)), file);
        };
      })(),
    ),
  },
  {
    name: 'saved-after-answer',
    sentence: 'A change is saved a twentieth of a second after it was answered.',
    requirement: 'USR-DUR-003',
    seed: fileStore((occasion, text, file) => {
      if (occasion === 'exit') write(text, file);
      else setTimeout(() => write(text, file), 50);
    }),
  },
  {
    name: 'file-is-empty-meanwhile',
    sentence: 'The file is emptied first and written a moment later: a crash in between loses everybody.',
    requirement: 'USR-DUR-004',
    seed: fileStore((occasion, text, file) => {
      writeFileSync(file, '');
      if (occasion === 'exit') write(text, file);
      else setTimeout(() => write(text, file), 30);
    }),
  },
  {
    name: 'update-is-not-saved',
    sentence: 'What a later sign-in changes is not saved.',
    requirement: 'USR-DUR-012',
    seed: fileStore((occasion, text, file) => {
      if (occasion === 'sign-in' || occasion === 'disconnect') write(text, file);
    }),
  },
  {
    name: 'disconnect-is-not-saved',
    sentence: 'Who was disconnected is back after a restart.',
    requirement: 'USR-DUR-007',
    seed: hides(() => true),
  },
  {
    name: 'disconnect-takes-the-address-on-disk',
    sentence: 'A disconnect removes all who have the e-mail of its user from the disk, and the user alone from memory.',
    requirement: 'USR-DUR-001',
    seed: fileStore(
      (() => {
        const removed = new Set<string>();
        return (_occasion, text, file) => {
          const users: Saved[] = JSON.parse(text());
          const saved: Saved[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
          const gone = saved.filter(({ id }) => !users.some((user) => user.id === id));
          for (const { identity } of gone) if (identity.email !== undefined) removed.add(identity.email);
          write(() => JSON.stringify(users.filter(({ identity }) => !removed.has(identity.email ?? ''))), file);
        };
      })(),
    ),
  },
  {
    name: 'raced-sign-in-is-not-saved',
    sentence: 'Who is disconnected while a sign-in of the same person is verified is shown after it, and is not saved.',
    requirement: 'USR-DUR-027',
    seed: forgetsTheDisconnected(),
  },
  {
    name: 'last-seen-is-written-late',
    sentence: 'Who is read is written down again within a second, even where it was disconnected meanwhile.',
    requirement: 'USR-DUR-007',
    seed: (parts, settings) => {
      const seen = new Map<string, number>();
      const reads = store((own) => ({
        find(id) {
          const user = own.find(id);
          if (user) seen.set(id, performance.now());
          return user;
        },
      }));
      return both(
        hides((id) => performance.now() - (seen.get(id) ?? -Infinity) < 1_000),
        reads,
      )(parts, settings);
    },
  },
  {
    name: 'comebacks-are-not-saved',
    sentence: 'Who was disconnected stays marked as such on the disk when signed in again: a restart removes it.',
    requirement: 'USR-DUR-001',
    seed: fileStore(
      (() => {
        let saved: Saved[] = [];
        const marked = new Set<string>();
        return (_occasion, text, file) => {
          const users: Saved[] = JSON.parse(text());
          for (const { id, identity } of saved) if (!users.some((user) => user.id === id)) marked.add(identity.subject);
          saved = users;
          write(() => JSON.stringify(users.filter(({ identity }) => !marked.has(identity.subject))), file);
        };
      })(),
    ),
  },
  {
    name: 'nameless-update-is-not-saved',
    sentence: 'What a later sign-in changes is not saved where its token has no name.',
    requirement: 'USR-DUR-001',
    seed: fileStore(
      (() => {
        const saved = new Map<string, Saved>();
        return (_occasion, text, file) => {
          const users: Saved[] = JSON.parse(text());
          const kept = users.map((user) => (user.identity.name === undefined && saved.get(user.id)) || user);
          for (const user of kept) saved.set(user.id, user);
          write(() => JSON.stringify(kept), file);
        };
      })(),
    ),
  },
  {
    name: 'last-disconnect-is-not-saved',
    sentence: 'The disconnect of the last user is not saved: an empty list counts as nothing to save.',
    requirement: 'USR-DUR-007',
    seed: fileStore((_occasion, text, file) => {
      if (text() !== '[]') write(text, file);
    }),
  },
];
