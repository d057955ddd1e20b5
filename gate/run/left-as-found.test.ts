import { describe, expect, test } from '@jest/globals';
import { compareUsers } from './left-as-found.ts';

const ada = { id: 'ada', name: 'Ada', created: { value: '2026-01-01T00:00:00Z', readable: 'Just now...' } };
const ours = { id: 'x', email: 'assay-abcdef012345-1@example.com' };

describe('the users before and after', () => {
  test('are the same when only the readable time moved on', () => {
    const later = { ...ada, created: { ...ada.created, readable: '1 minute ago' } };

    expect(compareUsers([ada], [later], 'abcdef012345')).toMatchObject({ same: true });
  });

  test('are the same when a stranger signed in meanwhile', () => {
    expect(compareUsers([ada], [ada, { id: 'bob' }], 'abcdef012345')).toMatchObject({ same: true });
  });

  test('differ when a user of this run is still there', () => {
    expect(compareUsers([ada], [ada, ours], 'abcdef012345')).toMatchObject({
      text: expect.stringContaining('1 left behind'),
    });
  });

  test.each([
    ['a user is gone', [ada], [], '1 gone (ada)'],
    ['a user is changed', [ada], [{ ...ada, name: 'Eve' }], '1 changed (ada)'],
    ['no snapshot can be read', [ada], undefined, 'could not be compared'],
  ])('differ when %s', (_what, before, after, text) => {
    expect(compareUsers(before, after, 'abcdef012345')).toEqual({ same: false, text: expect.stringContaining(text) });
  });
});
