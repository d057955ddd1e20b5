import { describe, expect, test } from '@jest/globals';
import { parseAnswer } from './raw-answer.ts';

const parse = (text: string, options = {}) => {
  const parsed = parseAnswer(Buffer.from(text), options);
  return parsed && { status: parsed.answer.status, body: parsed.answer.body.toString(), rest: parsed.rest.toString() };
};

describe('parseAnswer', () => {
  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP', 'ok', 'HTTP'],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n1\r\n!\r\n0\r\n\r\nHTTP',
      'ok!',
      'HTTP',
    ],
    [
      'chunks and a trailer',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n000002\r\nok\r\n0;x\r\nX-Done: yes\r\nX: y\r\n\r\nHTTP',
      'ok',
      'HTTP',
    ],
    ['no content', 'HTTP/1.1 204 No Content\r\n\r\nHTTP', '', 'HTTP'],
  ])('reads an answer with %s and leaves the rest', (_framing, text, body, rest) => {
    expect(parse(text)).toMatchObject({ body, rest });
  });

  test('takes no content for the answer to HEAD, whatever its length says', () => {
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHTTP', { toHead: true })).toMatchObject({ rest: 'HTTP' });
  });

  test('reads an answer without a length up to the end of the connection', () => {
    expect(parse('HTTP/1.1 400 Bad\r\n\r\nbad')).toBeUndefined();
    expect(parse('HTTP/1.1 400 Bad\r\n\r\nbad', { ended: true })).toEqual({ status: 400, body: 'bad', rest: '' });
  });

  test.each([
    '',
    'HT',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n',
  ])('waits for the rest of %j', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  test.each([
    [false, 'HTTP/1.1 204 No Content\r\n\r\n'],
    [true, 'HTTP/1.1 204 No Content\r\nConnection: Close\r\n\r\n'],
    [true, 'HTTP/1.0 204 No Content\r\n\r\n'],
    [false, 'HTTP/1.0 204 No Content\r\nConnection: keep-alive\r\n\r\n'],
    [false, 'HTTP/1.0 100 Continue\r\n\r\n'],
  ])('says whether more may follow on the connection: closes is %s in %j', (closes, text) => {
    expect(parseAnswer(Buffer.from(text))?.answer.closes).toBe(closes);
  });

  test('refuses what is no HTTP', () => {
    expect(() => parse('{"id":1}')).toThrow(SyntaxError);
  });
});
