import { store } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Identity, User } from '../../user.ts';
import type { Defect } from '../defect.ts';

/** Whom somebody is taken for, who signs in after a start: told by the users that were there at the start. */
const takes = (subjectOf: (identity: Identity, loaded: readonly User[]) => string): Alteration =>
  store((own) => {
    const loaded = [...own.all()];
    return { signIn: (identity, now) => own.signIn({ ...identity, subject: subjectOf(identity, loaded) }, now) };
  });

/** Users who are not found by their subject any more once they were read back: they come a second time. */
const forgets = (isForgotten: (subject: string) => boolean): Alteration =>
  takes(({ subject }, loaded) =>
    isForgotten(subject) && loaded.some(({ identity }) => identity.subject === subject)
      ? `${subject} (again)`
      : subject,
  );

/** Somebody new is taken for a user that was read back and is alike. */
const mistakes = (isAlike: (identity: Identity, other: Identity) => boolean): Alteration =>
  takes((identity, loaded) => {
    const isKnown = loaded.some((user) => user.identity.subject === identity.subject);
    const other = isKnown ? undefined : loaded.find((user) => isAlike(identity, user.identity));
    return other?.identity.subject ?? identity.subject;
  });

/** People who are somebody else from a start on: the index of the subjects is built in another way than it is kept. */
export const readBackDefects: readonly Defect[] = [
  {
    name: 'long-subjects-are-new-after-a-start',
    sentence:
      'Who has a subject of more than forty characters is a second user after a restart: the index is too narrow.',
    requirement: 'USR-DUR-008',
    seed: forgets((subject) => subject.length > 40),
  },
  {
    name: 'numbers-are-new-after-a-start',
    sentence: 'Who has a subject of digits alone is a second user after a restart: it was read back as a number.',
    requirement: 'USR-DUR-008',
    seed: forgets((subject) => /^\d+$/.test(subject)),
  },
  {
    name: 'hidden-files-are-not-read-back',
    sentence: 'Who has a subject that begins with a dot is a second user after a restart: their file is a hidden one.',
    requirement: 'USR-DUR-008',
    seed: forgets((subject) => subject.startsWith('.')),
  },
  {
    name: 'members-are-not-read-back',
    sentence: 'Who has the name of a member of every object as subject is a second user after a restart.',
    requirement: 'USR-DUR-008',
    seed: forgets((subject) => subject in {}),
  },
  {
    name: 'mail-merges-after-a-start',
    sentence: 'Somebody new with the e-mail of a user from before the start is that user.',
    requirement: 'USR-DUR-026',
    seed: mistakes(({ email }, other) => email !== undefined && email === other.email),
  },
  {
    name: 'case-merges-after-a-start',
    sentence: 'Subjects are compared without their case where the user is from before the start.',
    requirement: 'USR-DUR-026',
    seed: mistakes(({ subject }, other) => subject.toLowerCase() === other.subject.toLowerCase()),
  },
];
