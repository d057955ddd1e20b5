import { json, type UserProfile } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

const fractional = (user: UserProfile): UserProfile => ({
  ...user,
  aesthetics: { ...user.aesthetics, font: { size: 14.5 } },
});
const allFractional = <T extends { iterable: UserProfile[] }>(users: T): T => ({
  ...users,
  iterable: users.iterable.map(fractional),
});

/** Font sizes that are no whole numbers, which the strictest client cannot read. */
export const fontDefects: readonly Defect[] = [
  {
    name: 'font-is-fractional-in-snapshot',
    sentence: 'The font size of the users in the snapshot is 14.5.',
    requirement: 'USR-SNAP-009',
    seed: json('snapshot', allFractional),
  },
  {
    name: 'font-is-fractional-by-id',
    sentence: 'The font size of a profile by id is 14.5.',
    requirement: 'USR-ONE-008',
    seed: json('one', fractional),
  },
  {
    name: 'font-is-fractional-at-sign-in',
    sentence: 'The font size of the profile that sign-in answers is 14.5.',
    requirement: 'USR-AUTH-010',
    seed: json('authenticate', fractional),
  },
  {
    name: 'font-is-fractional-after-disconnect',
    sentence: 'The font size of the users that a disconnect leaves is 14.5.',
    requirement: 'USR-DISC-006',
    seed: json('disconnect', allFractional),
  },
];
