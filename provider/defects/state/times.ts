import { profile } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';
import { showsClaim } from '../support/claims.ts';

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
    seed: showsClaim('updated_at', (user, value) =>
      typeof value === 'number' ? { ...user, updated: { value: new Date(value).toISOString() } } : user,
    ),
  },
  {
    name: 'times-count-from-the-start',
    sentence: 'Times are told by a clock that counts from the start of the provider.',
    requirement: 'USR-LIFE-040',
    seed: times((time) => new Date(Date.parse(time) - performance.timeOrigin)),
  },
];
