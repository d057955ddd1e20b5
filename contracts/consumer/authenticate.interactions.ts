import { describe, expect, test } from '@jest/globals';
import type { StateKey } from '../states.ts';
import { example, given } from './given.ts';
import { type Interact, openClient } from './interaction.ts';
import { fullProfile, profile, refused, servedOrRefused } from './matchers.ts';

const PATH = '/users/authenticate/from_token';
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** The required fields of an OAuthToken on the wire; `expires_in` in seconds. */
const minimal = (key: StateKey) => ({
  access_token: given(key, '{accessToken}'),
  token_type: 'Bearer',
  expires_in: 3600,
});

/** What the caller hands to the client for it. */
const minimalToken = (key: StateKey) =>
  ({ accessToken: example(key, '{accessToken}'), tokenType: 'Bearer', expiresIn: 3600 }) as const;

export function describeAuthenticate(interact: Interact): void {
  describe('POST /users/authenticate/from_token', () => {
    test('signs in with the required fields of a token', async () => {
      await interact('sign-in with a minimal token', 'goodToken', 'USR-AUTH-001', 'USR-AUTH-003')
        .withRequest('POST', PATH, (request) => request.headers(JSON_TYPE).jsonBody(minimal('goodToken')))
        .willRespondWith(200, (answer) => answer.jsonBody(profile))
        .executeTest(async ({ url }) => {
          const user = await openClient(url).authenticateFromOauthToken({ oAuthToken: minimalToken('goodToken') });

          expect(user).toMatchObject({ id: expect.any(String), aesthetics: { font: { size: 13 } } });
        });
    });

    test('signs in with every field of a token', async () => {
      const wire = {
        ...minimal('goodPair'),
        scope: given('goodPair', '{scope}'),
        id_token: given('goodPair', '{idToken}'),
        refresh_token: 'a refresh token',
        schema: { migration: 0, semantic: 'MAJOR_0_MINOR_0_PATCH_1' },
      };
      await interact('sign-in with a full token', 'goodPair', 'USR-AUTH-001', 'USR-AUTH-003')
        .withRequest('POST', PATH, (request) => request.headers(JSON_TYPE).jsonBody(wire))
        .willRespondWith(200, (answer) => answer.jsonBody(profile))
        .executeTest(async ({ url }) => {
          const oAuthToken = {
            ...minimalToken('goodPair'),
            scope: example('goodPair', '{scope}'),
            idToken: example('goodPair', '{idToken}'),
            refreshToken: 'a refresh token',
            schema: { migration: 0, semantic: 'MAJOR_0_MINOR_0_PATCH_1' as const },
          };

          await expect(openClient(url).authenticateFromOauthToken({ oAuthToken })).resolves.toHaveProperty('id');
        });
    });

    test('signs in whom the token says no more of than who it is', async () => {
      await interact('sign-in without profile claims', 'bareToken', 'USR-AUTH-001')
        .withRequest('POST', PATH, (request) => request.headers(JSON_TYPE).jsonBody(minimal('bareToken')))
        .willRespondWith(200, (answer) => answer.jsonBody(profile))
        .executeTest(async ({ url }) => {
          const user = await openClient(url).authenticateFromOauthToken({ oAuthToken: minimalToken('bareToken') });

          expect(user).toMatchObject({ id: expect.any(String), name: undefined, email: undefined });
        });
    });

    test('types the optional fields it sends', async () => {
      await interact('sign-in of a user with every optional field', 'fullToken', 'USR-AUTH-007')
        .withRequest('POST', PATH, (request) => request.headers(JSON_TYPE).jsonBody(minimal('fullToken')))
        .willRespondWith(200, (answer) => answer.jsonBody(fullProfile))
        .executeTest(async ({ url }) => {
          const user = await openClient(url).authenticateFromOauthToken({ oAuthToken: minimalToken('fullToken') });

          expect(user).toMatchObject({
            name: 'Ada Lovelace',
            created: { value: new Date('2026-01-02T03:04:05.678Z') },
          });
        });
    });

    test.each([
      ['as the TypeScript client sends it', '{accessToken}'],
      ['with Bearer before it', 'Bearer {accessToken}'],
    ])('signs in when the access token is the Authorization header too, %s', async (how, header) => {
      const headers = { ...JSON_TYPE, Authorization: given('goodToken', header) };
      await interact(`sign-in with an Authorization header, ${how}`, 'goodToken', 'USR-AUTH-006')
        .withRequest('POST', PATH, (request) => request.headers(headers).jsonBody(minimal('goodToken')))
        .willRespondWith(200, (answer) => answer.jsonBody(profile))
        .executeTest(async ({ url }) => {
          const client = openClient(url, example('goodToken', header));

          const user = await client.authenticateFromOauthToken({ oAuthToken: minimalToken('goodToken') });

          expect(user).toHaveProperty('id');
        });
    });

    test('refuses a request that says nothing of anybody', async () => {
      await interact('sign-in without a body', 'goodToken', 'USR-AUTH-004')
        .withRequest('POST', PATH, (request) => request.headers(JSON_TYPE))
        .willRespondWith(refused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).authenticateFromOauthToken();

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });

    test('does not break when the Authorization header is all there is', async () => {
      const headers = { ...JSON_TYPE, Authorization: given('goodToken', '{accessToken}') };
      await interact('sign-in by the Authorization header alone', 'goodToken', 'USR-AUTH-004')
        .withRequest('POST', PATH, (request) => request.headers(headers))
        .willRespondWith(servedOrRefused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url, example('goodToken', '{accessToken}')).authenticateFromOauthToken();

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });

    test.each([
      ['an expired token', 'expiredToken'],
      ['a token that a stranger signed', 'foreignToken'],
      ['a token for another audience', 'otherAudience'],
    ] as const)('refuses %s', async (what, key) => {
      await interact(`sign-in with ${what}`, key, 'USR-AUTH-005')
        .withRequest('POST', PATH, (request) => request.headers(JSON_TYPE).jsonBody(minimal(key)))
        .willRespondWith(refused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).authenticateFromOauthToken({ oAuthToken: minimalToken(key) });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });

    test.each([
      ['a word', 'opensesame'],
      ['an empty string', ''],
      ['three empty parts', '..'],
      ['a JWT without its signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.'],
    ])('refuses %s for an access token', async (what, accessToken) => {
      await interact(`sign-in with ${what} for an access token`, 'goodToken', 'USR-AUTH-005')
        .withRequest('POST', PATH, (request) =>
          request.headers(JSON_TYPE).jsonBody({ access_token: accessToken, token_type: 'Bearer', expires_in: 3600 }),
        )
        .willRespondWith(refused)
        .executeTest(async ({ url }) => {
          const oAuthToken = { accessToken, tokenType: 'Bearer', expiresIn: 3600 } as const;

          const asked = openClient(url).authenticateFromOauthToken({ oAuthToken });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });
  });
}
