import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { both, extend, handlers, pause, profile, snapshots, store, verifier } from '../../alterations/hooks.ts';
import { otherIds } from '../../alterations/other-ids.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Identity, User } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { fileStore, write } from '../support/file-store.ts';

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function countedId(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  };
}

/** A start that reads so many users, and no more. */
const readsAtMost = (count: number): Alteration =>
  store((own) => {
    for (const { id } of [...own.all()].slice(count)) own.remove(id);
    return {};
  });

/** The transaction is given up when the client has gone, and the cache has the user already. */
function keepsTheHungUpInMemory(): Alteration {
  const gone = new Set<string>();
  const unsaved = new WeakSet<Identity>();
  return both(
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { access_token } = (request.body ?? {}) as { access_token?: string };
        if (access_token) request.raw.socket.once('close', () => gone.add(access_token));
      });
    }),
    verifier((verify) => async (token) => {
      const identity = await verify(token);
      await pause(20);
      if (gone.has(token)) unsaved.add(identity);
      return identity;
    }),
    store((own) => {
      const cached = new Map<string, User>();
      return {
        all: () => [...own.all(), ...cached.values()],
        find: (id) => own.find(id) ?? cached.get(id),
        signIn(identity, now) {
          if (!unsaved.has(identity)) return own.signIn(identity, now);
          const user = { id: randomUUID(), identity, created: now, updated: now };
          cached.set(user.id, user);
          return user;
        },
      };
    }),
  );
}

/** Faults that show over several lives of a provider, or in its first moments. */
export const restartDefects: readonly Defect[] = [
  {
    name: 'file-is-rewritten-at-start',
    sentence: 'The file of the users is emptied at the start and written anew a moment later.',
    requirement: 'USR-DUR-006',
    seed: both(
      fileStore((_occasion, text, file) => write(text, file)),
      extend((_app, { dataDir }) => {
        const file = join(dataDir, 'users.json');
        const text = textOf(file);
        writeFileSync(file, '');
        setTimeout(() => {
          if (existsSync(file) && textOf(file) === '') writeFileSync(file, text);
        }, 500);
      }),
    ),
  },
  {
    name: 'gone-are-banned-after-restart',
    sentence: 'Who was disconnected before a restart cannot sign in after it.',
    requirement: 'USR-DUR-009',
    seed: store((own, { dataDir }) => {
      const file = join(dataDir, 'gone');
      const banned = new Set(textOf(file).split('\n').filter(Boolean));
      return {
        signIn(identity, now) {
          if (banned.has(JSON.stringify(identity.subject))) throw new Problem(409, 'This user exists.');
          return own.signIn(identity, now);
        },
        remove(id) {
          const user = own.find(id);
          if (user) appendFileSync(file, `${JSON.stringify(user.identity.subject)}\n`);
          return own.remove(id);
        },
      };
    }),
  },
  {
    name: 'namesakes-swap-usernames',
    sentence: 'Usernames are not kept: at each start namesakes are numbered anew, the last first.',
    requirement: 'USR-DUR-001',
    seed: (parts, settings) => {
      const namesakes = new Map<string, string[]>();
      const numberOf = ({ nickname = '', subject }: Identity): number => {
        const subjects = namesakes.get(nickname) ?? [];
        if (!subjects.includes(subject)) namesakes.set(nickname, [...subjects, subject]);
        return (namesakes.get(nickname) ?? []).indexOf(subject);
      };
      for (const { identity } of [...parts.store.all()].reverse()) numberOf(identity);
      return profile((user, { identity }) => {
        const number = numberOf(identity);
        return identity.nickname ? { ...user, username: `${identity.nickname}${number || ''}` } : user;
      })(parts, settings);
    },
  },
  {
    name: 'usernames-are-free-after-restart',
    sentence: 'Which usernames are taken is known of this life of the provider only.',
    requirement: 'USR-DUR-022',
    seed: (parts, settings) => {
      const file = join(settings.dataDir, 'usernames');
      const given = new Map<string, string>(
        textOf(file)
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
      );
      const taken = new Set<string>();
      return profile((user, { id, identity: { nickname } }) => {
        if (nickname !== undefined && !given.has(id) && !taken.has(nickname)) {
          given.set(id, nickname);
          taken.add(nickname);
          appendFileSync(file, `${JSON.stringify([id, nickname])}\n`);
        }
        return { ...user, username: given.get(id) };
      })(parts, settings);
    },
  },
  {
    name: 'restart-makes-numbers-texts',
    sentence: 'Who was read back at a start has the size of the font as a text.',
    requirement: 'USR-DUR-024',
    seed: (parts, settings) => {
      const readBack = new Set([...parts.store.all()].map(({ id }) => id));
      return profile((user, { id }) =>
        readBack.has(id) ? { ...user, aesthetics: { ...user.aesthetics, font: { size: '14' } } } : user,
      )(parts, settings);
    },
  },
  {
    name: 'ids-are-counted-anew',
    sentence: 'Ids are counted, and a restart counts on from the users that are left.',
    requirement: 'USR-DUR-020',
    seed: otherIds(countedId()),
  },
  {
    name: 'third-start-loses-newest',
    sentence: 'From the third start on, each loses who signed in last.',
    requirement: 'USR-DUR-010',
    seed: store((own, { dataDir }) => {
      const file = join(dataDir, 'starts');
      appendFileSync(file, '.');
      const newest = [...own.all()].at(-1);
      if (newest && textOf(file).length >= 3) own.remove(newest.id);
      return {};
    }),
  },
  {
    name: 'serves-before-it-has-read',
    sentence: 'The first snapshot starts the reading of the users, and for a third of a second there are none.',
    requirement: 'USR-DUR-013',
    seed: snapshots((own) => {
      let readAt: number | undefined;
      return {
        current() {
          readAt ??= performance.now() + 333;
          return performance.now() < readAt
            ? { bytes: Buffer.from('{"iterable":[]}'), etag: '"empty"' }
            : own.current();
        },
      };
    }),
  },
  {
    name: 'saved-when-idle',
    sentence: 'Changes are saved once nothing has changed for a tenth of a second, and not at SIGTERM.',
    requirement: 'USR-DUR-016',
    seed: fileStore(
      (() => {
        let due: NodeJS.Timeout | undefined;
        return (occasion, text, file) => {
          clearTimeout(due);
          if (occasion !== 'exit') due = setTimeout(() => write(text, file), 100);
        };
      })(),
    ),
  },
  {
    name: 'first-user-is-there',
    sentence: 'A provider that starts on fresh data makes a user of its own.',
    requirement: 'USR-DUR-017',
    seed: store((own) => {
      if ([...own.all()].length === 0) own.signIn({ subject: 'local', name: 'Local user' }, new Date().toISOString());
      return {};
    }),
  },
  {
    name: 'start-reads-two-hundred',
    sentence: 'A start reads the first two hundred users only.',
    requirement: 'USR-DUR-018',
    seed: readsAtMost(200),
  },
  {
    name: 'start-reads-a-thousand',
    sentence: 'A start reads the first thousand users only.',
    requirement: 'USR-DUR-018',
    seed: readsAtMost(1_000),
  },
  {
    name: 'hung-up-is-not-saved',
    sentence: 'Who hangs up before the answer to a sign-in is shown as a user, and is not saved.',
    requirement: 'USR-DUR-025',
    seed: keepsTheHungUpInMemory(),
  },
  {
    name: 'nobody-leaves-twice-over-a-start',
    sentence: 'A provider that started with users answers 500 where somebody disconnects who is not there.',
    requirement: 'USR-DUR-007',
    seed: handlers((own, users) => {
      const startedWithUsers = [...users.all()].length > 0;
      return {
        users_disconnect_user: async (request, reply) => {
          if (startedWithUsers && !users.find(request.params.user)) throw new TypeError('no session of undefined');
          return own.users_disconnect_user(request, reply);
        },
      };
    }),
  },
];
