import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { crc32 } from 'node:zlib';
import { store } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Defect } from '../defect.ts';
import { keyedBy } from '../support/keeping.ts';

/** People who are taken for one another. */
export const subjectDefects: readonly Defect[] = [
  {
    name: 'subject-ignores-case',
    sentence: 'Subjects that differ in case only are one user.',
    requirement: 'USR-ID-008',
    seed: keyedBy(({ subject }) => subject.toLowerCase()),
  },
  {
    name: 'subject-is-trimmed',
    sentence: 'Spaces around a subject are dropped.',
    requirement: 'USR-ID-009',
    seed: keyedBy(({ subject }) => subject.trim()),
  },
  {
    name: 'subject-is-normalized',
    sentence: 'Subjects that differ in Unicode normalization only are one user.',
    requirement: 'USR-ID-010',
    seed: keyedBy(({ subject }) => subject.normalize('NFKC')),
  },
  {
    name: 'subject-loses-high-bytes',
    sentence: 'A subject is read as Latin-1: characters 256 apart are one.',
    requirement: 'USR-ID-022',
    seed: keyedBy(({ subject }) => Buffer.from(subject, 'latin1').toString('latin1')),
  },
  {
    name: 'subject-is-a-path',
    sentence: 'Subjects are files: those that are the same path are one user.',
    requirement: 'USR-ID-022',
    seed: keyedBy(({ subject }) => posix.normalize(subject)),
  },
  {
    name: 'subject-loses-mail-tag',
    sentence: 'Of a subject that is an e-mail address the part from a plus sign on does not count.',
    requirement: 'USR-ID-010',
    seed: keyedBy(({ subject }) => subject.replace(/\+[^@]*@/, '@')),
  },
  {
    name: 'blank-subject-is-not-listed',
    sentence: 'A user whose subject is white space signs in, and is in no snapshot.',
    requirement: 'USR-ID-010',
    seed: store((own) => ({ all: () => [...own.all()].filter(({ identity }) => identity.subject.trim() !== '') })),
  },
  {
    name: 'subject-is-cut-at-32',
    sentence: 'Only the first 32 characters of a subject count: the column is too narrow.',
    requirement: 'USR-ID-012',
    seed: keyedBy(({ subject }) => subject.slice(0, 32)),
  },
  {
    name: 'subject-is-cut-at-128',
    sentence: 'Only the first 128 characters of a subject count.',
    requirement: 'USR-ID-012',
    seed: keyedBy(({ subject }) => subject.slice(0, 128)),
  },
  {
    name: 'subject-is-cut-at-1024',
    sentence: 'Only the first 1,024 characters of a subject count.',
    requirement: 'USR-ID-012',
    seed: keyedBy(({ subject }) => subject.slice(0, 1024)),
  },
  {
    name: 'subject-is-bmp',
    sentence: 'The database drops characters beyond the Basic Multilingual Plane from a subject.',
    requirement: 'USR-ID-022',
    seed: keyedBy(({ subject }) => subject.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '')),
  },
  {
    name: 'subject-is-a-checksum',
    sentence: 'Users are found by the CRC-32 of their subject.',
    requirement: 'USR-ID-029',
    seed: keyedBy(({ subject }) => String(crc32(subject))),
  },
  {
    name: 'subject-is-a-hash-of-java',
    sentence: "Users are found by a hash of their subject like Java's, of 32 bits.",
    requirement: 'USR-ID-029',
    seed: keyedBy(({ subject }) =>
      String([...subject].reduce((hash, char) => (31 * hash + char.charCodeAt(0)) | 0, 0)),
    ),
  },
  {
    name: 'subject-is-sixteen-bits',
    sentence: 'Users are found by sixteen bits of a hash: of a thousand some are one.',
    requirement: 'USR-LIFE-014',
    seed: keyedBy(({ subject }) => String(createHash('sha256').update(subject).digest().readUInt16BE())),
  },
  {
    name: 'subject-ends-at-nul',
    sentence: 'A subject ends at a NUL, as a C string does.',
    requirement: 'USR-ID-023',
    seed: keyedBy(({ subject }) => subject.split('\0', 1)[0] ?? ''),
  },
  {
    name: 'subject-without-provider',
    sentence: 'What stands before the bar in a subject (github|42) does not count.',
    requirement: 'USR-ID-021',
    seed: keyedBy(({ subject }) => subject.split('|').at(-1) ?? ''),
  },
  {
    name: 'subject-as-number',
    sentence: 'A subject of digits is kept as a number, and long ones lose their last digits.',
    requirement: 'USR-ID-014',
    seed: keyedBy(({ subject }) => (/^\d+$/.test(subject) ? String(Number(subject)) : subject)),
  },
  {
    name: 'subjects-are-compared-as-numbers',
    sentence: 'Two subjects that a double holds are compared as numbers, as a loose comparison does: 7 is 07 and 7.0.',
    requirement: 'USR-ID-014',
    seed: keyedBy(({ subject }) => {
      const number = Number(subject);
      return Number.isSafeInteger(number) ? String(number) : subject;
    }),
  },
  {
    name: 'account-loses-zeros',
    sentence: 'The account in a subject is kept as a number: zeros before it are lost.',
    requirement: 'USR-ID-014',
    seed: keyedBy(({ subject }) => subject.replace(/\|(\d{1,15})$/, (_, digits) => `|${Number(digits)}`)),
  },
  {
    name: 'subject-has-no-accents',
    sentence: 'The database compares subjects without regard to accents.',
    requirement: 'USR-ID-010',
    seed: keyedBy(({ subject }) => subject.normalize('NFD').replaceAll(/\p{M}/gu, '')),
  },
  {
    name: 'subject-is-hashed-short',
    sentence: 'Users are told apart by twelve bits of a hash of the subject.',
    requirement: 'USR-ID-016',
    seed: keyedBy(({ subject }) => createHash('sha256').update(subject).digest('hex').slice(0, 3)),
  },
  {
    name: 'same-email-is-same-user',
    sentence: 'People with the same e-mail address are one user.',
    requirement: 'USR-ID-006',
    seed: keyedBy(({ subject, email }) => email ?? subject),
  },
  {
    name: 'same-name-is-same-user',
    sentence: 'People with the same name are one user.',
    requirement: 'USR-ID-007',
    seed: keyedBy(({ subject, name }) => name ?? subject),
  },
  {
    name: 'no-email-is-same-user',
    sentence: 'All people without an e-mail address are one user.',
    requirement: 'USR-ID-007',
    seed: keyedBy(({ subject, email }) => (email === undefined ? '' : subject)),
  },
  {
    name: 'new-email-is-new-user',
    sentence: 'Who comes back with another e-mail address is another user.',
    requirement: 'USR-ID-005',
    seed: keyedBy(({ subject, email }) => `${subject} ${email ?? ''}`),
  },
  {
    name: 'subject-finds-longer-one',
    sentence: 'A subject that another one begins or ends with is taken for it.',
    requirement: 'USR-ID-011',
    seed: keyedBy(({ subject }, users) => {
      const others = users.map(({ identity }) => identity.subject);
      return others.find((other) => other.startsWith(subject) || other.endsWith(subject)) ?? subject;
    }),
  },
  {
    name: 'subject-is-pattern',
    sentence: 'A subject is looked for with LIKE: per cent signs and underscores stand for anything.',
    requirement: 'USR-ID-013',
    seed: keyedBy(({ subject }, users) => {
      const escaped = subject.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const pattern = new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
      return users.find(({ identity }) => pattern.test(identity.subject))?.identity.subject ?? subject;
    }),
  },
  {
    name: 'subject-is-property',
    sentence: 'Users are kept in a plain object by their subject: the names of its own members are taken.',
    requirement: 'USR-ID-015',
    seed: keyedBy(({ subject }) => {
      if (subject in {}) throw new TypeError(`Cannot set property ${subject}`);
      return subject;
    }),
  },
  {
    name: 'zero-is-no-subject',
    sentence: 'The subject 0 is taken for none, and its token is refused.',
    requirement: 'USR-ID-015',
    seed: keyedBy(({ subject }) => {
      if (subject === '0') throw new Problem(401, 'The token has no subject.');
      return subject;
    }),
  },
  {
    name: 'subject-is-decoded',
    sentence: 'A subject is percent-decoded before it is compared.',
    requirement: 'USR-ID-022',
    seed: keyedBy(({ subject }) => {
      try {
        return decodeURIComponent(subject);
      } catch {
        return subject;
      }
    }),
  },
  {
    name: 'everybody-is-one-user',
    sentence: 'There is one user, and whoever signs in becomes it.',
    requirement: 'USR-ID-001',
    seed: keyedBy(() => 'the user'),
  },
];
