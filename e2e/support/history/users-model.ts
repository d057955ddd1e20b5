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

/** The id under which each person is signed in; null for one who is not. */
type Users = Readonly<Record<Who, string | null>>;

/**
 * The users database as a set: the least that the four operations promise. What providers rightly differ in is left open:
 * a person who comes back may get the old id or a new one, and a disconnect that finds nobody may answer 200 or 4xx.
 *
 * @param idsOf Every id that a person has had in the history: one of them is what an unanswered sign-in has made, and a
 * snapshot lists whoever is signed in under one of them.
 */
export function usersModel(
  people: readonly Who[],
  idsOf: (who: Who) => readonly string[],
): Model<Users, UserOperation> {
  return {
    initial: Object.fromEntries(people.map((who) => [who, null])),
    keyOf: (users) => people.map((who) => users[who] ?? '').join(),
    isRead: (operation) =>
      operation.kind === 'read' ||
      operation.kind === 'snapshot' ||
      (operation.kind === 'disconnect' && operation.found === false),
    step: (users, operation) => {
      switch (operation.kind) {
        case 'sign-in': {
          const current = users[operation.who] ?? null;
          const made = operation.id === undefined ? idsOf(operation.who) : [operation.id];
          return current === null
            ? made.map((id) => ({ ...users, [operation.who]: id }))
            : operation.id === undefined || operation.id === current
              ? [users]
              : [];
        }
        case 'disconnect': {
          const there = users[operation.who] === operation.id;
          if (operation.found === false) return there ? [] : [users];
          return [there ? { ...users, [operation.who]: null } : users];
        }
        case 'read':
          return (users[operation.who] === operation.id) === operation.found ? [users] : [];
        case 'snapshot':
          return people.every((who) => lists(operation.listed, idsOf(who), users[who] ?? null)) ? [users] : [];
      }
    },
  };
}

/** Of the ids of a person a snapshot lists the one under which they are signed in, and no other. */
const lists = (listed: ReadonlySet<string>, ids: readonly string[], current: string | null): boolean =>
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
