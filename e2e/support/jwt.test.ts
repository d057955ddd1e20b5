import { expect, test } from '@jest/globals';
import { encodePart, readHeader } from './jwt.ts';

test('readHeader takes the header of what looks like a token, whatever the rest is', () => {
  expect(readHeader(`${encodePart({ alg: 'RS256' })}.{}.`)).toEqual({ alg: 'RS256' });
  expect(readHeader('a.b.c')).toBeUndefined();
  expect(readHeader(`${encodePart(['RS256'])}.e30.`)).toBeUndefined();
  expect(readHeader('')).toBeUndefined();
});
