import { json, type UserProfile } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

const textual = (user: UserProfile) => ({ ...user, aesthetics: { ...user.aesthetics, theme: { dark: 'true' } } });
const allTextual = (users: { iterable?: UserProfile[] }) => ({ ...users, iterable: users.iterable?.map(textual) });

/** Booleans sent as texts by one operation alone: the client that does not validate takes them, the strict one fails. */
export const darkDefects: readonly Defect[] = [
  {
    name: 'dark-is-text-in-snapshot',
    sentence: 'aesthetics.theme.dark is a text in the snapshot alone.',
    requirement: 'USR-SNAP-009',
    seed: json('snapshot', allTextual),
  },
  {
    name: 'dark-is-text-by-id',
    sentence: 'aesthetics.theme.dark is a text in a profile by id alone.',
    requirement: 'USR-ONE-008',
    seed: json('one', textual),
  },
  {
    name: 'dark-is-text-at-sign-in',
    sentence: 'aesthetics.theme.dark is a text in the profile that sign-in answers alone.',
    requirement: 'USR-AUTH-010',
    seed: json('authenticate', textual),
  },
  {
    name: 'dark-is-text-after-disconnect',
    sentence: 'aesthetics.theme.dark is a text in the users that a disconnect leaves alone.',
    requirement: 'USR-DISC-006',
    seed: json('disconnect', allTextual),
  },
];
