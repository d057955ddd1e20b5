import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from '@jest/globals';
import type { OAuthToken } from '../../../target/mint.ts';
import { expectBodiesRefused, expectRefusedOrUnderstood, postBody, SIGN_IN, type Write } from '../../support/bodies.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoServerError, unlessClosed } from '../../support/tolerance.ts';

const json = (token: unknown): string => JSON.stringify(token);

requirement('USR-ROB-007', 'sign-in is refused when the access token is missing or no string', {}, (context) => {
  const wrong: Readonly<Record<string, (good: string) => unknown>> = {
    missing: () => undefined,
    null: () => null,
    empty: () => '',
    'a number': () => 7,
    true: () => true,
    'an empty array': () => [],
    'an empty object': () => ({}),
    'a token in an array': (good) => [good],
    'a token in an object': (good) => ({ access_token: good, toString: good }),
  };
  const bodies = Object.entries(wrong).map(([what, value]): [string, Write] => [
    `an access token that is ${what}`,
    (token) => json({ ...token, access_token: value(token.access_token) }),
  ]);
  return expectBodiesRefused(context, Object.fromEntries(bodies));
});

requirement('USR-ROB-008', 'sign-in is refused or right when another member has a wrong type', {}, (context) => {
  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    token_type: [undefined, null, '', 'bearer', 'Basic', 7, [], {}],
    expires_in: [undefined, null, '3600', 'soon', -1, 0, 1.5, 2 ** 31, 2 ** 53, 1e308, true, [], {}],
    scope: [null, 7, [], {}, 'openid '.repeat(300)],
    refresh_token: [null, 7, [], {}],
    id_token: [null, '', 'a.b.c', 7, [], {}],
    schema: [null, 7, 'x', [], { migration: 'x', semantic: 7 }, { migration: 0, semantic: 'UNKNOWN' }],
  };
  const bodies = Object.entries(wrong).flatMap(([member, values]) =>
    values.map((value): [string, Write] => [
      `${member} as ${json({ value })}`,
      (token) => json({ ...token, [member]: value }),
    ]),
  );
  return expectRefusedOrUnderstood(context, Object.fromEntries(bodies));
});

requirement(
  'USR-ROB-050',
  'a token signs in when its JSON is spelled otherwise',
  { needs: ['tokens'] },
  async (context) => {
    const escaped = (text: string) =>
      [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const spellings: Readonly<Record<string, Write>> = {
      'blanks behind colons and commas, as Python writes them': (token) =>
        `{${Object.entries(token)
          .map(([name, value]) => `"${name}": ${json(value)}`)
          .join(', ')}}`,
      'line breaks and tabs': (token) => JSON.stringify(token, null, '\t').replaceAll('\n', '\r\n'),
      'blanks around it': (token) => ` \n${json(token)}\n `,
      'the members the other way round': (token) => json(Object.fromEntries(Object.entries(token).reverse())),
      'an escaped member name': (token) => json(token).replace('access_token', escaped('access_token')),
      'an escaped value': (token) => json(token).replace('"Bearer"', `"${escaped('Bearer')}"`),
      'escaped full stops': (token) => json(token).replaceAll('.', escaped('.')),
    };

    for (const [what, write] of Object.entries(spellings)) {
      const answer = await postBody(context, write(await context.mint.signIn(context.newPerson())));
      expect({ what, status: answer?.status }).toEqual({ what, status: 200 });
    }
  },
);

requirement('USR-ROB-009', 'nothing breaks when the body is in another encoding', {}, async (context) => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
  const beside =
    (value: number[]): Write =>
    (token) =>
      bytes('{"x":"', value, `",${json(token).slice(1)}`);
  const utf32 = (token: object) =>
    Buffer.concat([...json(token)].map((letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0])));

  await expectRefusedOrUnderstood(context, {
    'UTF-8 with a byte order mark': (token) => bytes([0xef, 0xbb, 0xbf], json(token)),
    'UTF-16': (token) => Buffer.from(json(token), 'utf16le'),
    'UTF-16 with a byte order mark': (token) => Buffer.from(`\ufeff${json(token)}`, 'utf16le'),
    'UTF-16, the other way round': (token) => Buffer.from(`\ufeff${json(token)}`, 'utf16le').swap16(),
    'UTF-32': utf32,
    'Latin-1': beside([0xe9]),
    'an overlong form': beside([0xc0, 0xaf]),
    'half a surrogate pair': beside([0xed, 0xa0, 0x80]),
    'half a surrogate pair, escaped': beside([...Buffer.from('\\ud800')]),
    'a code point past the last': beside([0xf5, 0x80, 0x80, 0x80]),
    'a character cut off': (token) => bytes(json(token).slice(0, -1), ',"x":"', [0xe2, 0x82]),
    'NUL in a text': beside([0]),
    'NUL before the JSON': (token) => bytes([0], json(token)),
    'nothing but 0xff': () => Buffer.alloc(1000, 0xff),
  });
  const coded: Readonly<Record<string, Write>> = {
    gzip: (token) => gzipSync(json(token)),
    deflate: (token) => deflateSync(json(token)),
    br: (token) => brotliCompressSync(json(token)),
    'gzip, gzip': json,
    nonsense: json,
  };
  for (const [coding, write] of Object.entries(coded)) {
    await expectRefusedOrUnderstood(
      context,
      { [`the content coding ${coding}`]: write },
      { 'content-encoding': coding },
    );
  }
  const bomb: Write = () => gzipSync(Buffer.alloc(50_000_000, 0x20));
  await expectRefusedOrUnderstood(context, { '50 MB of white space as gzip': bomb }, { 'content-encoding': 'gzip' });
});

const TYPES = [
  '',
  ' ',
  '/',
  'json',
  'application/',
  'application/json;',
  'application/json; charset',
  'application/json; charset="',
  'application/json; charset=nonsense',
  'application/json; charset=utf-16',
  'application/json, application/json',
  'APPLICATION/JSON',
  'application/problem+json',
  'application/xml',
  'application/octet-stream',
  '*/*',
  'a'.repeat(4000),
  `application/json; ${'x=y; '.repeat(500)}`,
  'application/json\t; x',
];

requirement(
  'USR-ROB-012',
  'nothing breaks when the content type is wrong, missing or malformed',
  {},
  async (context) => {
    const write = (token: OAuthToken) => json(token);
    for (const type of TYPES) {
      await expectRefusedOrUnderstood(
        context,
        { [`the content type ${type.slice(0, 40)}`]: write },
        { 'content-type': type },
      );
    }
    for (const body of ['', '<token/>', json(await context.mint.signIn(context.newPerson()))]) {
      const answer = await unlessClosed(context.client.send('POST', SIGN_IN, { body }));
      expectNoServerError(context, 'no content type', answer);
    }
  },
);
