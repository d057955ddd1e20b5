import { describe, expect, test } from '@jest/globals';
import { redact, redactHeaders } from './redact.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLW9mLWFubg';

describe('redact', () => {
  test.each([
    ['a JWT', `token ${jwt} refused`, 'token [redacted] refused'],
    ['a JWT without signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.', '[redacted]'],
    ['a JWT cut off', jwt.slice(0, 40), '[redacted]'],
    ['a JWT whose header starts with a space', 'eyAiYWxnIjoiUlMyNTYifQ.e30.c2ln', '[redacted]'],
    ['a bearer value', 'Authorization: Bearer 4f3c-opaque', 'Authorization: Bearer [redacted]'],
    ['an Authorization line without scheme', 'authorization: 4f3c-opaque', 'authorization: [redacted]'],
    ['a cookie line', 'Set-Cookie: sid=1; HttpOnly', 'Set-Cookie: [redacted]'],
    ['a member', '{"access_token":"opaque","expires_in":1}', '{"access_token":"[redacted]","expires_in":1}'],
    ['a member in camel case', '{"refreshToken": "o\\u0041q"}', '{"refreshToken": "[redacted]"}'],
    [
      'a member in a JSON string',
      '{"msg":"{\\"id_token\\":\\"opaque\\"}"}',
      '{"msg":"{\\"id_token\\":\\"[redacted]\\"}"}',
    ],
    ['a member cut off', '{"client_secret":"opa', '{"client_secret":"[redacted]'],
    ['a key of Auth0UserMetadata', '{"open_AI":{"api_key":"zzz"}}', '{"open_AI":{"api_key":"[redacted]"}}'],
    ['a parameter', '/cb?access_token=opaque&state=1', '/cb?access_token=[redacted]&state=1'],
    ['a private JWK', '{"kty":"EC","d":"AAAABBBBCCCCDDDDEEEE"}', '{"kty":"EC","d":"[redacted]"}'],
    ['a cloud key', 'key AKIAABCDEFGHIJKLMNOP used', 'key [redacted] used'],
  ])('masks %s', (_what, text, masked) => {
    expect(redact(text)).toBe(masked);
  });

  test('leaves what is no secret', () => {
    const text =
      'GET /users 200 {"token_type":"Bearer","email":"a@example.com","id":"497f6eca-6276-4993-bfeb-53cbbbba6f08"}';

    expect(redact(text)).toBe(text);
  });

  test('masks what it masked before in the same way', () => {
    const once = redact(`Authorization: Bearer ${jwt}\n{"access_token":"${jwt}"}`);

    expect(redact(once)).toBe(once);
  });
});

describe('redactHeaders', () => {
  test('masks the credentials and keeps the scheme and the other headers', () => {
    expect(redactHeaders({ authorization: `Bearer ${jwt}`, 'x-api-key': 'k', accept: 'application/json' })).toEqual({
      authorization: 'Bearer [redacted]',
      'x-api-key': '[redacted]',
      accept: 'application/json',
    });
  });
});
