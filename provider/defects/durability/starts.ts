import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { extend, store } from '../../alterations/hooks.ts';
import { otherIds } from '../../alterations/other-ids.ts';
import type { Alteration } from '../../run.ts';
import type { User } from '../../user.ts';
import type { Defect } from '../defect.ts';

/** Alters the users that were there at the start. */
const loads = (alter: (user: User) => User): Alteration =>
  store((own) => {
    const loaded = new Map([...own.all()].map((user) => [user, alter(user)] as const));
    const asLoaded = (user: User): User => loaded.get(user) ?? user;
    return {
      all: () => [...own.all()].map(asLoaded),
      find(id) {
        const user = own.find(id);
        return user && asLoaded(user);
      },
    };
  });

/** Removes some of the users at the start. */
const losesAtStart = (isLost: (user: User, index: number, all: readonly User[]) => boolean): Alteration =>
  store((own) => {
    for (const user of [...own.all()].filter(isLost)) own.remove(user.id);
    return {};
  });

/** A UUID made of any text. */
const uuidOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** Faults of how a provider starts on the data that is there, and of how it ends. */
export const startDefects: readonly Defect[] = [
  {
    name: 'wiped-at-start',
    sentence: 'The table is made anew at each start.',
    requirement: 'USR-DUR-001',
    seed: losesAtStart(() => true),
  },
  {
    name: 'long-line-ends-the-start',
    sentence: 'The start reads records of no more than 2 KiB; where one is longer, it and all that follow are lost.',
    requirement: 'USR-DUR-021',
    seed: losesAtStart((_user, index, all) => {
      const tooLong = all.findIndex(({ identity }) => Buffer.byteLength(JSON.stringify(identity)) > 2_048);
      return tooLong !== -1 && index >= tooLong;
    }),
  },
  {
    name: 'bare-users-lost-at-start',
    sentence: 'Users without an e-mail are skipped at the start.',
    requirement: 'USR-DUR-021',
    seed: losesAtStart(({ identity }) => identity.email === undefined),
  },
  {
    name: 'address-is-read-once-at-start',
    sentence: 'Of the users who share an e-mail the first alone is read at the start.',
    requirement: 'USR-DUR-001',
    seed: losesAtStart(({ identity: { email } }, index, all) =>
      all.slice(0, index).some(({ identity }) => email !== undefined && identity.email === email),
    ),
  },
  {
    name: 'newest-lost-at-start',
    sentence: 'The last record is not read at the start.',
    requirement: 'USR-DUR-001',
    seed: losesAtStart((_user, index, all) => index === all.length - 1),
  },
  {
    name: 'ids-anew-at-start',
    sentence: 'Users get other ids at each start.',
    requirement: 'USR-DUR-008',
    seed: (parts, settings) => {
      const start = randomUUID();
      return otherIds(({ id }) => uuidOf(`${start} ${id}`))(parts, settings);
    },
  },
  {
    name: 'created-anew-at-start',
    sentence: 'The time of creation is that of the last start.',
    requirement: 'USR-DUR-001',
    seed: loads((user) => ({ ...user, created: new Date().toISOString() })),
  },
  {
    name: 'second-restart-migrates-created',
    sentence: 'A migration that runs at the second restart sets the time of creation to that of the last change.',
    requirement: 'USR-DUR-010',
    seed: (parts, settings) => {
      const file = join(settings.dataDir, 'starts');
      appendFileSync(file, '.');
      const isMigrated = statSync(file).size > 2;
      return loads((user) => (isMigrated ? { ...user, created: user.updated } : user))(parts, settings);
    },
  },
  {
    name: 'milliseconds-on-disk',
    sentence: 'Times lose their microseconds on the disk.',
    requirement: 'USR-DUR-001',
    seed: loads((user) => ({ ...user, created: cut(user.created), updated: cut(user.updated) })),
  },
  {
    name: 'picture-not-on-disk',
    sentence: 'The picture is not saved: the table has no column for it.',
    requirement: 'USR-DUR-001',
    seed: loads(({ identity: { picture, ...identity }, ...user }) => ({ ...user, identity })),
  },
  {
    name: 'accents-lost-on-disk',
    sentence: 'Letters that are no ASCII become question marks on the disk.',
    requirement: 'USR-DUR-019',
    seed: loads(({ identity, ...user }) => ({
      ...user,
      identity: { ...identity, ...(identity.name && { name: identity.name.replaceAll(/[^\0-\x7f]/gu, '?') }) },
    })),
  },
  {
    name: 'plus-is-space-on-disk',
    sentence: 'What is read from the disk is decoded as a form is: a plus in an e-mail address becomes a space.',
    requirement: 'USR-DUR-019',
    seed: loads(({ identity, ...user }) => ({
      ...user,
      identity: { ...identity, ...(identity.email && { email: identity.email.replaceAll('+', ' ') }) },
    })),
  },
  {
    name: 'query-lost-on-disk',
    sentence: 'Of the address of a picture the query is not saved.',
    requirement: 'USR-DUR-019',
    seed: loads(({ identity, ...user }) => ({
      ...user,
      identity: { ...identity, ...(identity.picture && { picture: identity.picture.split('?')[0] as string }) },
    })),
  },
  {
    name: 'lock-file-stays',
    sentence: 'After a crash it does not start again: its lock file is still there.',
    requirement: 'USR-DUR-005',
    seed: store((own, { dataDir }) => {
      const lock = join(dataDir, 'lock');
      if (existsSync(lock)) throw new Error(`${lock}: another provider uses this folder`);
      writeFileSync(lock, '');
      return {
        close() {
          rmSync(lock);
          own.close();
        },
      };
    }),
  },
  {
    name: 'sigterm-drops-requests',
    sentence: 'SIGTERM ends it at once, in the middle of requests.',
    requirement: 'USR-DUR-015',
    seed: extend(() => process.on('SIGTERM', () => process.exit(0))),
  },
  {
    name: 'sigterm-takes-fifteen-seconds',
    sentence: 'After SIGTERM it waits fifteen seconds for connections that nobody uses.',
    requirement: 'USR-DUR-014',
    seed: extend((app) => {
      app.addHook('onClose', () => sleep(15_000));
    }),
  },
  {
    name: 'sigterm-never-ends',
    sentence: 'After SIGTERM it waits for ever for something that does not come.',
    requirement: 'USR-DUR-014',
    seed: extend((app) => {
      app.addHook('onClose', () => new Promise<void>(() => setInterval(() => undefined, 1_000)));
    }),
  },
];

/** Microseconds to milliseconds. */
const cut = (time: string): string => new Date(time).toISOString();
