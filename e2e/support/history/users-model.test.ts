import { describe, expect, test } from '@jest/globals';
import { explain } from './explain.ts';
import { History } from './history.ts';
import { type UserOperation, usersModel } from './users-model.ts';

const signIn = (id?: string, who = 'ada'): UserOperation => ({ kind: 'sign-in', who, id });
const disconnect = (found?: boolean, id = 'a1'): UserOperation => ({ kind: 'disconnect', who: 'ada', id, found });
const read = (found: boolean, id = 'a1'): UserOperation => ({ kind: 'read', who: 'ada', id, found });
const snapshot = (...listed: string[]): UserOperation => ({
  kind: 'snapshot',
  of: 'snapshot',
  listed: new Set(listed),
});

/** Operations one after the other, each answered before the next, but for those that are told to stay open. */
function verdictOn(operations: readonly (UserOperation | 'crash')[], open: readonly UserOperation[] = []): string {
  const history = new History();
  history.learn('ada', 'a1');
  history.learn('ada', 'a2');
  history.learn('bob', 'b1');
  for (const operation of operations) {
    if (operation === 'crash') {
      history.crash();
      continue;
    }
    history.call(operation);
    if (!open.includes(operation)) history.answer(operation);
  }
  return explain(history.events, usersModel(['ada', 'bob'], history.idsOf, operations.includes('crash'))).kind;
}

const isUnanswered = (operation: UserOperation): boolean =>
  (operation.kind === 'sign-in' && operation.id === undefined) ||
  (operation.kind === 'disconnect' && operation.found === undefined);

describe('the users model', () => {
  test.each<[string, UserOperation[]]>([
    ['a life', [signIn('a1'), snapshot('a1'), disconnect(true), read(false), snapshot()]],
    ['a second sign-in under the same id', [signIn('a1'), signIn('a1'), snapshot('a1')]],
    ['a comeback under the old id', [signIn('a1'), disconnect(true), signIn('a1'), read(true)]],
    ['a comeback under a new id', [signIn('a1'), disconnect(true), signIn('a2'), read(false), read(true, 'a2')]],
    ['a second disconnect that answers 200', [signIn('a1'), disconnect(true), disconnect(true), read(false)]],
    ['a second disconnect that answers 4xx', [signIn('a1'), disconnect(true), disconnect(false), read(false)]],
  ])('explains %s', (_name, operations) => {
    expect(verdictOn(operations)).toBe('explained');
  });

  test.each<[string, UserOperation[]]>([
    ['a user that is missing from the snapshot', [signIn('a1'), snapshot()]],
    ['a user that is not found by id', [signIn('a1'), read(false)]],
    ['a user that comes back by itself', [signIn('a1'), disconnect(true), snapshot('a1')]],
    ['a second id for somebody who is signed in', [signIn('a1'), signIn('a2')]],
    ['a disconnect that answers 4xx for a user that is there', [signIn('a1'), disconnect(false)]],
    ['a snapshot that misses one of two', [signIn('a1'), signIn('b1', 'bob'), snapshot('b1')]],
    [
      'a snapshot that still lists the id before the comeback',
      [signIn('a1'), disconnect(true), signIn('a2'), snapshot('a1', 'a2')],
    ],
  ])('does not explain %s', (_name, operations) => {
    expect(verdictOn(operations)).toBe('unexplained');
  });

  test('explains either end of a sign-in without an answer', () => {
    const lost = signIn();

    expect(verdictOn([lost, snapshot('a1')], [lost])).toBe('explained');
    expect(verdictOn([lost, snapshot()], [lost])).toBe('explained');
  });

  test('explains either end of a disconnect without an answer, but not both', () => {
    const lost = disconnect();

    expect(verdictOn([signIn('a1'), lost, read(true), read(false)], [lost])).toBe('explained');
    expect(verdictOn([signIn('a1'), lost, read(false), read(true)], [lost])).toBe('unexplained');
  });

  describe('across a crash', () => {
    test.each<[string, UserOperation[], UserOperation[]]>([
      ['a sign-in that others saw and nobody answered', [signIn(), read(true)], [read(false)]],
      ['a disconnect that others saw and nobody answered', [signIn('a1'), disconnect(), read(false)], [read(true)]],
      ['a second disconnect that finds nobody', [signIn('a1'), disconnect(), disconnect(true)], [read(true)]],
      ['a second sign-in that finds the first', [signIn(), signIn('a1')], [read(false)]],
    ])('explains that it undoes %s', (_name, before, after) => {
      expect(verdictOn([...before, 'crash', ...after], before.filter(isUnanswered))).toBe('explained');
    });

    test.each<[string, UserOperation[], UserOperation[]]>([
      ['an answered sign-in', [signIn('a1')], [read(false)]],
      ['an answered disconnect', [signIn('a1'), disconnect(true)], [read(true)]],
      ['an answered comeback', [signIn('a1'), disconnect(), signIn('a2')], [read(false, 'a2')]],
      [
        'a disconnect, answered, of who came back',
        [signIn('a1'), disconnect(), signIn('a2'), disconnect(true, 'a2')],
        [read(true, 'a2')],
      ],
      ['a write, and then the undoing', [signIn(), read(true)], [read(false), read(true)]],
    ])('does not explain that it undoes %s', (_name, before, after) => {
      expect(verdictOn([...before, 'crash', ...after], before.filter(isUnanswered))).toBe('unexplained');
    });
  });

  test('tells of one person only what concerns it', () => {
    const history = new History();
    for (const operation of [signIn('a1'), signIn('b1', 'bob'), snapshot()]) history.answer(history.call(operation));

    expect(history.of('bob')).toHaveLength(4);
  });
});
