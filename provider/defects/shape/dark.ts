import { json, type UserProfile } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

const numeric = (user: UserProfile) => ({ ...user, aesthetics: { ...user.aesthetics, theme: { dark: 1 } } });
const allNumeric = (users: { iterable?: UserProfile[] }) => ({ ...users, iterable: users.iterable?.map(numeric) });

/** Booleans sent as numbers by one operation alone: the client that does not validate takes them, the strict one fails. */
export const darkDefects: readonly Defect[] = [
  {
    name: 'dark-is-number-in-snapshot',
    sentence: 'aesthetics.theme.dark is 1 in the snapshot alone.',
    requirement: 'USR-SNAP-009',
    seed: json('snapshot', allNumeric),
  },
  {
    name: 'dark-is-number-by-id',
    sentence: 'aesthetics.theme.dark is 1 in a profile by id alone.',
    requirement: 'USR-ONE-008',
    seed: json('one', numeric),
  },
  {
    name: 'dark-is-number-at-sign-in',
    sentence: 'aesthetics.theme.dark is 1 in the profile that sign-in answers alone.',
    requirement: 'USR-AUTH-010',
    seed: json('authenticate', numeric),
  },
  {
    name: 'dark-is-number-after-disconnect',
    sentence: 'aesthetics.theme.dark is 1 in the users that a disconnect leaves alone.',
    requirement: 'USR-DISC-006',
    seed: json('disconnect', allNumeric),
  },
];
