import { createHash } from 'node:crypto';
import { both, json, snapshots, store } from '../alterations/hooks.ts';
import { otherIds } from '../alterations/other-ids.ts';
import type { User } from '../user.ts';
import type { Variant } from './variant.ts';

const hash = (text: string) => createHash('sha256').update(text);

/** A UUID of this version with these 48 bits of time in front, the rest from the hash of a text. Source: RFC 9562 section 5. */
function uuid(version: 5 | 7, text: string, time?: string): string {
  const hex = `${time ?? ''}${hash(text).digest('hex')}`;
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, `$1-$2-${version}$3-a$4-$5`);
}

/** The milliseconds since 1970 as UUID version 7 has them. */
const timeOf = ({ created }: User): string => Date.parse(created).toString(16).padStart(12, '0');

/** The snapshot without `iterable` where nobody is signed in. */
const absentWhenEmpty = json(['snapshot', 'disconnect'], ({ iterable, ...rest }) =>
  iterable.length > 0 ? { ...rest, iterable } : rest,
);

/** Other ids, in another order. */
export const idVariants: readonly Variant[] = [
  {
    name: 'uuid-v5',
    sentence:
      'Ids are UUIDs of version 5 made from the subject, the same after a disconnect; iterable is absent when empty.',
    allowedBy: ['id scheme (uuid v4, v5, v7)', '`iterable` absent or `[]` when empty'],
    profile: 'hardened',
    alter: both(
      otherIds(({ identity }) => uuid(5, identity.subject)),
      absentWhenEmpty,
    ),
  },
  {
    name: 'uuid-v7-newest-first',
    sentence: 'Ids are UUIDs of version 7, and the snapshot has the newest user first.',
    allowedBy: ['id scheme (uuid v4, v5, v7)', 'order of the snapshot'],
    profile: 'hardened',
    alter: both(
      otherIds((user) => uuid(7, user.id, timeOf(user))),
      store((own) => ({ all: () => [...own.all()].reverse() })),
    ),
  },
  {
    name: 'shuffled',
    sentence: 'Each read has the snapshot in another order.',
    allowedBy: ['order of the snapshot'],
    profile: 'hardened',
    alter: both(
      store((own) => ({ all: () => shuffled([...own.all()]) })),
      snapshots((own) => ({
        current() {
          own.changed();
          return own.current();
        },
      })),
    ),
  },
];

/** In an order of chance. */
const shuffled = <T>(all: readonly T[]): T[] =>
  all
    .map((one) => ({ one, key: Math.random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ one }) => one);
