import { requestBytes } from './raw-http.ts';

const controls = (from: number, to: number): string =>
  String.fromCharCode(...Array.from({ length: to - from }, (_, index) => from + index));

/** Headers that clients, browsers and proxies add to any request, with values that are none. */
const ODD_HEADERS = [
  'Cookie: nothing',
  'Cookie: =; ;;=x; "',
  'Accept: */*;q=x, /, text',
  'Accept-Language: ;q, -',
  'Accept-Encoding: ,;q=9',
  'Accept-Charset: ;',
  'Authorization: nonsense',
  'Authorization: Bearer',
  'Cache-Control: max-age=x, =',
  'Connection: ,',
  'Content-Type: ;charset=',
  'Date: never',
  'Forwarded: for="',
  'If-Range: "',
  'If-Unmodified-Since: never',
  'Referer: ://',
  'TE: ;',
  'Traceparent: 00-x-y-z',
  'User-Agent:',
  'Via: ,',
  'X-Forwarded-For: , unknown, 1.2',
  'X-Forwarded-Port: x',
  'X-Forwarded-Proto: gopher',
  'X-Request-Id: \xe9',
];

/** What is no HTTP, or not the HTTP of a server, each with its name. Nothing of it asks for anything to be changed. */
export function malformedRequests(baseUrl: string): Readonly<Record<string, Buffer>> {
  const { host } = new URL(baseUrl);
  const rest = ` HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const texts: Readonly<Record<string, string>> = {
    'a word': 'hello\r\n\r\n',
    'empty lines': '\r\n'.repeat(500),
    'a request of HTTP/0.9': 'GET /users\r\n\r\n',
    'a version of the future': `GET /users HTTP/9.9\r\nHost: ${host}\r\n\r\n`,
    'a version that is none': `GET /users HTTP/x.y\r\nHost: ${host}\r\n\r\n`,
    'another protocol in the version': `GET /users FTP/1.1\r\nHost: ${host}\r\n\r\n`,
    'no method': ` /users${rest}`,
    'no path': `GET ${rest}`,
    'a path without a slash': `GET users${rest}`,
    'an asterisk': `GET *${rest}`,
    'a path with spaces': `GET /users and more${rest}`,
    'a path with control characters': `GET /users${controls(1, 9)}${rest}`,
    'a path with bytes past ASCII': `GET /users\xe9\xff${rest}`,
    'a path of 100 KB': `GET /${'a'.repeat(100_000)}${rest}`,
    'a method of 10 KB': `${'G'.repeat(10_000)} /users${rest}`,
    'a method of other characters': `G(E)T /users${rest}`,
    'an address of another server': `GET http://evil.example/users${rest}`,
    'a tunnel to another server': `CONNECT evil.example:443${rest}`,
    'a header without a colon': `GET /users HTTP/1.1\r\nHost: ${host}\r\nnonsense\r\n\r\n`,
    'a header without a name': `GET /users HTTP/1.1\r\nHost: ${host}\r\n: value\r\n\r\n`,
    'a header folded over lines': `GET /users HTTP/1.1\r\nHost: ${host}\r\nx: a\r\n b\r\n\tc\r\n\r\n`,
    'a header with NUL': `GET /users HTTP/1.1\r\nHost: ${host}\r\nx: a\0b\r\n\r\n`,
    'a header with a lone carriage return': `GET /users HTTP/1.1\r\nHost: ${host}\r\nx: a\rb\r\n\r\n`,
    'a header with control characters': `GET /users HTTP/1.1\r\nHost: ${host}\r\n${controls(1, 9)}: x\r\n\r\n`,
    'lines that end in LF alone': `GET /users HTTP/1.1\nHost: ${host}\n\n`,
    'two Hosts': `GET /users HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`,
    'a Host that is no name': 'GET /users HTTP/1.1\r\nHost: \xff\xfe [::\r\n\r\n',
    'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
    TLS: '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03',
    SSH: 'SSH-2.0-OpenSSH_9.6\r\n',
    'an upgrade to nothing': requestBytes(baseUrl, 'GET /users', ['Connection: Upgrade', 'Upgrade: nothing']),
    'an upgrade to WebSocket': requestBytes(baseUrl, 'GET /users', ['Connection: Upgrade', 'Upgrade: websocket']),
    'an upgrade to HTTP/2': requestBytes(baseUrl, 'GET /users', [
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
    ]),
    'a Range that is none': requestBytes(baseUrl, 'GET /users', ['Range: bytes=9-1,-,x']),
    'a condition that is none': requestBytes(baseUrl, 'GET /users', ['If-None-Match: "', 'If-Modified-Since: never']),
    ...Object.fromEntries(
      ODD_HEADERS.map((line) => [`the header "${line}"`, requestBytes(baseUrl, 'GET /users', [line])] as const),
    ),
    'an Expect that nobody knows': requestBytes(baseUrl, 'GET /users', ['Expect: nonsense']),
    'all bytes': controls(0, 256).repeat(20),
  };
  return Object.fromEntries(Object.entries(texts).map(([what, text]) => [what, Buffer.from(text, 'latin1')]));
}
