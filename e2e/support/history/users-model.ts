import type { Model } from './explain.ts';

/** One of the history's people, by a name of our own. */
export type Who = string;

/** A write without an answer (`id` or `found` undefined) may or may not have taken effect. */
export interface SignIn {
  readonly kind: 'sign-in';
  readonly who: Who;
  id: string | undefined;
}

/** `found`: 200. Not found: a 4xx, which says that nobody had this id. */
export interface Disconnect {
  readonly kind: 'disconnect';
  readonly who: Who;
  readonly id: string;
  found: boolean | undefined;
}

/** `GET /users/{user}`. A read without an answer is no operation at all. */
export interface Read {
  readonly kind: 'read';
  readonly who: Who;
  readonly id: string;
  found: boolean;
}

/** A Users answer: `listed` are all ids in it, strangers' too. `of` is the operation that answered it. */
export interface Snapshot {
  readonly kind: 'snapshot';
  readonly of: 'snapshot' | 'disconnect';
  listed: ReadonlySet<string>;
}

/** What a client asked of the four operations, with what it was answered. */
export type UserOperation = SignIn | Disconnect | Read | Snapshot;

/** An id under which a person is signed in; null for one who is not. */
type Id = string | null;

/** What reads see of a person now, and what a crash would leave of it. */
interface State {
  readonly seen: Id;
  readonly kept: Id;
}
type Users = Readonly<Record<Who, State>>;

const NOBODY: State = { seen: null, kept: null };

/**
 * The users database as a set: the least that the four operations promise. What providers rightly differ in is left open:
 * a person who comes back may get the old id or a new one, and a disconnect that finds nobody may answer 200 or 4xx.
 * The answer to a write promises that it outlives a crash. That others saw it before promises nothing: a provider may change
 * its memory first, then save, then answer.
 *
 * @param idsOf Every id that a person has had in the history: one of them is what an unanswered sign-in has made, and a
 * snapshot lists whoever is signed in under one of them.
 * @param crashes Whether there is a crash in the history: without one there is less to follow.
 */
export function usersModel(
  people: readonly Who[],
  idsOf: (who: Who) => readonly string[],
  crashes: boolean,
): Model<Users, UserOperation> {
  /** What a write leads to. One that was never answered, or changed nothing that is seen, need not have been saved. */
  const written = (before: State, after: State, isAnswered: boolean): State[] => {
    const isSaved = !crashes || (isAnswered && before.seen !== after.seen) || before.kept === after.kept;
    return isSaved ? [after] : [after, { ...after, kept: before.kept }];
  };
  return {
    initial: Object.fromEntries(people.map((who) => [who, NOBODY])),
    keyOf: (users) => people.map((who) => `${users[who]?.seen ?? ''} ${users[who]?.kept ?? ''}`).join(),
    isRead: (operation) =>
      operation.kind === 'read' ||
      operation.kind === 'snapshot' ||
      (operation.kind === 'disconnect' && operation.found === false),
    step: (users, operation) => {
      switch (operation.kind) {
        case 'sign-in': {
          const { who } = operation;
          const before = users[who] ?? NOBODY;
          const made = operation.id === undefined ? idsOf(who) : [operation.id];
          const under = before.seen === null ? made : made.filter((id) => id === before.seen);
          return under.flatMap((id) =>
            written(before, { seen: id, kept: id }, operation.id !== undefined).map((after) => ({
              ...users,
              [who]: after,
            })),
          );
        }
        case 'disconnect': {
          const { who, id, found } = operation;
          const before = users[who] ?? NOBODY;
          if (found === false) return before.seen === id ? [] : [users];
          const without = (current: Id): Id => (current === id ? null : current);
          const after = { seen: without(before.seen), kept: without(before.kept) };
          return written(before, after, found === true).map((state) => ({ ...users, [who]: state }));
        }
        case 'read':
          return (users[operation.who]?.seen === operation.id) === operation.found ? [users] : [];
        case 'snapshot':
          return people.every((who) => lists(operation.listed, idsOf(who), users[who]?.seen ?? null)) ? [users] : [];
      }
    },
    afterCrash: (users) =>
      Object.fromEntries(
        people.map((who) => [who, { seen: users[who]?.kept ?? null, kept: users[who]?.kept ?? null }]),
      ),
  };
}

/** Of the ids of a person a snapshot lists the one under which they are signed in, and no other. */
const lists = (listed: ReadonlySet<string>, ids: readonly string[], current: Id): boolean =>
  ids.every((id) => listed.has(id) === (id === current));

/** How an operation is told in a report. */
export function tell(operation: UserOperation, idsOf: (who: Who) => readonly string[], people: readonly Who[]): string {
  switch (operation.kind) {
    case 'sign-in':
      return `sign-in of ${operation.who} answered ${operation.id ?? 'nothing'}`;
    case 'disconnect':
      return `disconnect of ${operation.who} (${operation.id}) answered ${operation.found ?? 'nothing'}`;
    case 'read':
      return `GET of ${operation.who} (${operation.id}) found ${operation.found ? 'it' : 'nobody'}`;
    case 'snapshot':
      return `snapshot listed ${people.filter((who) => idsOf(who).some((id) => operation.listed.has(id))).join(', ') || 'none of them'}`;
  }
}
