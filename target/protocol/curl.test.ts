import { describe, expect, test } from '@jest/globals';
import { execaSync } from 'execa';
import { toCurl } from './curl.ts';
import type { Exchange } from './result.ts';

const buildExchange = (overrides: Partial<Exchange>): Exchange => ({
  method: 'GET',
  url: 'http://127.0.0.1:1000/users',
  requestHeaders: {},
  durationMs: 1,
  ...overrides,
});

/** The words that a shell makes of a command line, read back through a real one. */
const words = (line: string): string[] =>
  execaSync('sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`])
    .stdout.split('\0')
    .slice(0, -1);

describe('toCurl', () => {
  test('is short for a plain GET', () => {
    expect(toCurl(buildExchange({}))).toBe("curl -sS -i --path-as-is 'http://127.0.0.1:1000/users'");
  });

  test('asks for the headers alone on HEAD', () => {
    expect(toCurl(buildExchange({ method: 'HEAD' }))).toContain(' -I ');
  });

  test('gives the shell each value unchanged whatever it holds', () => {
    const body = `{"name":"O'Brien $(id) \`id\` \\ \n\u{1f600}"}`;
    const line = toCurl(
      buildExchange({ method: 'POST', requestHeaders: { 'x-note': "it's; & $HOME" }, requestBody: body }),
    );

    expect(words(line)).toEqual(expect.arrayContaining(['-X', 'POST', "x-note: it's; & $HOME", '--data-raw', body]));
  });

  test('sends bytes that are no usual HTTP by netcat, unchanged', () => {
    const requestBytes = `GET /%41 HTTP/1.1\r\nx: it's \\ \0\x01\xe9\xff\t\n\r\n`;
    const [printf, format, text = ''] = words(toCurl(buildExchange({ requestBytes })).split('|')[0] ?? '');

    expect([printf, format]).toEqual(['printf', '%b']);
    expect(execaSync('printf', ['%b', text], { encoding: 'latin1', stripFinalNewline: false }).stdout).toBe(
      requestBytes,
    );
  });

  test('sends a header without value', () => {
    expect(words(toCurl(buildExchange({ requestHeaders: { origin: '' } })))).toContain('origin;');
  });
});
