import { describe, expect, test } from '@jest/globals';
import { buildPerson, isOurs } from './person.ts';

describe('buildPerson', () => {
  test('makes another person at every call', () => {
    const subjects = Array.from({ length: 1000 }, () => buildPerson('abcd1234').subject);

    expect(new Set(subjects).size).toBe(1000);
  });

  test('takes the fields that matter to the caller', () => {
    expect(buildPerson('abcd1234', { name: 'Ada' })).toMatchObject({
      name: 'Ada',
      email: expect.stringContaining('@'),
    });
  });
});

describe('isOurs', () => {
  test.each(['email', 'picture', 'name', 'nickname'] as const)('knows our user by its %s alone', (field) => {
    expect(isOurs({ id: '1', [field]: buildPerson('abcd1234')[field] }, 'abcd1234')).toBe(true);
  });

  test('knows no user of another session and no profile of a foreign shape', () => {
    expect(isOurs(buildPerson('abcd1234'), 'wxyz6789')).toBe(false);
    expect(isOurs(undefined, 'abcd1234')).toBe(false);
  });
});
