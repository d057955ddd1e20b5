import { both, profile, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Defect } from '../defect.ts';
import { claimsOf, looksAt } from '../support/claims.ts';

/** Does something with the name as the token has it, each time a profile is written. */
const writesName =
  (write: (name: unknown) => unknown): Alteration =>
  (parts, settings) => {
    const names = new Map<string, unknown>();
    return both(
      looksAt(({ sub, name }) => names.set(String(sub), name)),
      profile((user, { identity }) => {
        const name = names.get(identity.subject);
        return name === undefined ? user : { ...user, name: write(name) };
      }),
    )(parts, settings);
  };

/** Claims that are believed to be of their types. */
export const claimTypeDefects: readonly Defect[] = [
  {
    name: 'name-has-no-trim',
    sentence: 'A name that is no text is a TypeError, and a 500.',
    requirement: 'USR-ROB-046',
    seed: looksAt(({ name }) => name !== undefined && (name as string).trim()),
  },
  {
    name: 'far-expiry-is-no-date',
    sentence: 'A token that expires after the last date there is is a RangeError, and a 500.',
    requirement: 'USR-ROB-046',
    seed: looksAt(({ exp }) => new Date(Number(exp) * 1000).toISOString()),
  },
  {
    name: 'refused-subject-has-no-trim',
    sentence: 'Who is refused is looked up by a subject that is believed to be text: a TypeError, and a 500.',
    requirement: 'USR-ROB-046',
    seed: verifier((verify) => async (token) => {
      try {
        return await verify(token);
      } catch (error) {
        const { sub } = claimsOf(token);
        if (sub !== undefined) sub.trim();
        throw error;
      }
    }),
  },
  {
    name: 'name-is-passed-on',
    sentence: 'The name is sent as the token has it, whatever it is.',
    requirement: 'USR-LIFE-042',
    seed: writesName((name) => name),
  },
  {
    name: 'odd-name-breaks-snapshot',
    sentence: 'A name with half a surrogate pair is taken, and cannot be written: every snapshot with it is a 500.',
    requirement: 'USR-LIFE-042',
    seed: writesName((name) => decodeURIComponent(encodeURIComponent(String(name)))),
  },
];
