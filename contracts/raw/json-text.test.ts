import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { duplicateName, faultOfJson } from './json-text.ts';

describe('faultOfJson', () => {
  test.each([
    ['an object', '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}'],
    ['names and colons within strings', String.raw`{"a":"{\"a\":1}","b":"a\":","\\":1}`],
    ['white space and no object at all', ' [ 1 , "a" , "a" ] '],
  ])('finds nothing in %s', (_what, text) => {
    expect(faultOfJson(Buffer.from(text))).toBeUndefined();
  });

  test.each([
    ['a name twice', Buffer.from('{"a":1,"a":1}'), 'the member "a" is in one object twice'],
    [
      'a name twice, once escaped',
      Buffer.from(String.raw`{"a":1,"\u0061":1}`),
      'the member "a" is in one object twice',
    ],
    ['a name twice, deep within', Buffer.from('[{"x":[{"b":[],"b":{}}]}]'), 'the member "b" is in one object twice'],
    ['a byte order mark', Buffer.from('\uFEFF{}'), 'the body starts with a byte order mark'],
    ['a lone continuation byte', Buffer.from([0x22, 0x80, 0x22]), 'the body is not valid UTF-8'],
    ['JSON that is cut off', Buffer.from('{"a":'), expect.stringContaining('the body is no JSON')],
    ['nothing', Buffer.alloc(0), expect.stringContaining('the body is no JSON')],
  ])('finds %s', (_what, bytes, fault) => {
    expect(faultOfJson(bytes)).toEqual(fault);
  });

  test('finds nothing in whatever JSON.stringify writes', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => faultOfJson(Buffer.from(JSON.stringify(value))) === undefined));
  });

  test('finds every name that is written twice', () => {
    const names = fc.uniqueArray(fc.string(), { minLength: 1 });
    fc.assert(
      fc.property(names, fc.nat(), (unique, index) => {
        const twice = unique[index % unique.length]!;
        const members = [...unique, twice].map((name) => `${JSON.stringify(name)}:{}`);

        return duplicateName(`{${members.join(',')}}`) === twice;
      }),
    );
  });
});
