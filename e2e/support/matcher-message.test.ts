import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { readMatcherMessage } from './matcher-message.ts';

function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the assertion held');
}

describe('readMatcherMessage', () => {
  test('reads labelled lines', () => {
    expect(readMatcherMessage(messageOf(() => expect(500).toBe(200)))).toEqual({ expected: '200', actual: '500' });
  });

  test('reads a comparison', () => {
    const words = readMatcherMessage(messageOf(() => expect(7).toBeLessThan(5)));

    expect(words).toEqual({ expected: '< 5', actual: '7' });
  });

  test('reads only what differs in a diff', () => {
    const words = readMatcherMessage(messageOf(() => expect({ id: 'a', name: 'x' }).toEqual({ id: 'a', name: 'y' })));

    expect(words).toEqual({ expected: '"name": "y",', actual: '"name": "x",' });
  });

  test('names the member that what differs stands in', () => {
    const words = readMatcherMessage(
      messageOf(() => expect({ a: { n: 1 }, b: { n: 1 } }).toEqual({ a: { n: 1 }, b: { n: 2 } })),
    );

    expect(words).toEqual({ expected: '"b": { "n": 2,', actual: '"b": { "n": 1,' });
  });

  test('says when nothing of what was expected is there', () => {
    const words = readMatcherMessage(messageOf(() => expect({ a: 1 }).toEqual({ a: 1, b: 2 })));

    expect(words).toEqual({ expected: '"b": 2,', actual: 'none of it' });
  });

  test('says when more is there than was expected', () => {
    const words = readMatcherMessage(messageOf(() => expect(['a', 'b']).toEqual(['a'])));

    expect(words).toEqual({ expected: 'nothing of what was got', actual: '"b",' });
  });

  test('says what a negated matcher got', () => {
    expect(readMatcherMessage(messageOf(() => expect(304).not.toBe(304)))).toEqual({
      expected: 'not 304',
      actual: '304',
    });
  });

  test('keeps the words of a negated matcher', () => {
    const words = readMatcherMessage(messageOf(() => expect(['a']).not.toContain('a')));

    expect(words).toMatchObject({ expected: expect.stringContaining('"a"'), actual: expect.stringContaining('["a"]') });
  });
});
