import { json, profile, type UserProfile } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

const unpadded = (time: string): string => time.replace(/\.0+(?=\d)/, '.');

/** Profiles that are as the model has them at first, of ordinary people. */
export const modelDefects: readonly Defect[] = [
  {
    name: 'updated-is-text-once-changed',
    sentence: 'From the second sign-in on, the time of update is written for people.',
    requirement: 'USR-LIFE-045',
    seed: profile((user, { created, updated }) =>
      created === updated ? user : { ...user, updated: { value: new Date(updated).toUTCString() } },
    ),
  },
  {
    name: 'fractions-lose-their-zeros',
    sentence: 'The parts of a second are written as a number: .007 is .7.',
    requirement: 'USR-LIFE-020',
    seed: profile((user, { created, updated }) => ({
      ...user,
      created: { value: unpadded(created) },
      updated: { value: unpadded(updated) },
    })),
  },
  {
    name: 'second-bar-loses-account',
    sentence: 'Of a subject with two bars the account has a service and no id.',
    requirement: 'USR-LIFE-045',
    seed: profile((user, { identity, created, updated }) => {
      const [type, id, ...more] = identity.subject.split('|');
      if (type !== 'github' && type !== 'google-oauth2') return user;
      const account = { type, created: { value: created }, updated: { value: updated } };
      return { ...user, providers: { iterable: [more.length > 0 ? account : { ...account, user_id: id }] } };
    }),
  },
  {
    name: 'second-page-is-bare',
    sentence: 'In a snapshot of more than fifty the later profiles lack their aesthetics.',
    requirement: 'USR-LIFE-045',
    seed: json('snapshot', ({ iterable, ...rest }: { iterable: UserProfile[] }) => ({
      ...rest,
      iterable: iterable.map(({ aesthetics, ...user }, index) => (index < 50 ? { ...user, aesthetics } : user)),
    })),
  },
  {
    name: 'digits-are-a-number',
    sentence: 'A name of digits alone is sent as a number.',
    requirement: 'USR-LIFE-045',
    seed: profile((user) => ({ ...user, name: /^\d+$/.test(user.name ?? '') ? Number(user.name) : user.name })),
  },
];
