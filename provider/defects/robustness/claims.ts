import { verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Defect } from '../defect.ts';
import { claimsOf, looksAt, showsClaim } from '../support/claims.ts';

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
    seed: showsClaim('name', (user, name) => ({ ...user, name })),
  },
  {
    name: 'updated-at-is-passed-on',
    sentence: 'The updated_at of a token is shown as updated where it is a text, whatever it says.',
    requirement: 'USR-LIFE-042',
    seed: showsClaim('updated_at', (user, value) =>
      typeof value === 'string' ? { ...user, updated: { value } } : user,
    ),
  },
  {
    name: 'odd-name-breaks-snapshot',
    sentence: 'A name with half a surrogate pair is taken, and cannot be written: every snapshot with it is a 500.',
    requirement: 'USR-LIFE-042',
    seed: showsClaim('name', (user, name) => ({
      ...user,
      name: decodeURIComponent(encodeURIComponent(String(name))),
    })),
  },
  {
    name: 'old-token-is-refused',
    sentence: 'A token that was issued more than five minutes ago is refused, though it is good for an hour.',
    requirement: 'USR-LIFE-050',
    seed: looksAt(({ iat }) => {
      if (Date.now() / 1000 - Number(iat) > 300) throw new Problem(401, 'The token is too old.');
    }),
  },
  {
    name: 'expiry-has-31-bits',
    sentence: 'The time at which a token ends is kept in 31 bits: one that is good beyond 2038 is refused.',
    requirement: 'USR-LIFE-050',
    seed: looksAt(({ exp }) => {
      if (Number(exp) >= 2 ** 31) throw new Problem(401, 'The token has expired.');
    }),
  },
];
