import { both, profile } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';
import { looksAt } from '../support/claims.ts';

/** Other times on the wire than those that are kept. */
const times = (alter: (time: string) => Date): Defect['seed'] =>
  profile((user, { created, updated }) => ({
    ...user,
    created: { value: alter(created).toISOString() },
    updated: { value: alter(updated).toISOString() },
  }));

/** Clocks that are read wrongly. */
export const timeDefects: readonly Defect[] = [
  {
    name: 'local-time-is-called-utc',
    sentence: 'Times are those of the wall where the machine stands, and are said to be those of Greenwich.',
    requirement: 'USR-LIFE-040',
    seed: times((time) => new Date(Date.parse(time) - new Date(time).getTimezoneOffset() * 60_000)),
  },
  {
    name: 'seconds-are-milliseconds',
    sentence: 'The updated_at of a token, which counts seconds, is read as milliseconds: updated is in January 1970.',
    requirement: 'USR-LIFE-040',
    seed: (parts, settings) => {
      const told = new Map<unknown, number>();
      return both(
        looksAt(({ sub, updated_at }) => {
          if (typeof updated_at === 'number') told.set(sub, updated_at);
        }),
        profile((user, { identity: { subject } }) => {
          const moment = told.get(subject);
          return moment === undefined ? user : { ...user, updated: { value: new Date(moment).toISOString() } };
        }),
      )(parts, settings);
    },
  },
  {
    name: 'times-count-from-the-start',
    sentence: 'Times are told by a clock that counts from the start of the provider.',
    requirement: 'USR-LIFE-040',
    seed: times((time) => new Date(Date.parse(time) - performance.timeOrigin)),
  },
];
