import { describe, expect, test } from '@jest/globals';
import { MatchersV3 } from '@pact-foundation/pact';
import { example, given } from './given.ts';
import { type Interact, openClient } from './interaction.ts';
import { anyUsers, profile, servedOrRefused } from './matchers.ts';

const { eachLike } = MatchersV3;

export function describeDisconnect(interact: Interact): void {
  describe('POST /users/{user}/disconnect', () => {
    test('answers Users when the user is signed in', async () => {
      await interact('a user signs out', 'someone', 'USR-DISC-001')
        .withRequest('POST', given('someone', '/users/{id}/disconnect'))
        // Nobody may be left, and `iterable` absent; that the user is gone is checked on the raw answer.
        .willRespondWith(200, (answer) => answer.jsonBody(anyUsers))
        .executeTest(async ({ url }) => {
          const left = await openClient(url).usersDisconnectUser({ user: example('someone', '{id}') });

          expect(left).toEqual({ iterable: undefined, schema: undefined });
        });
    });

    test('answers the users that are left', async () => {
      await interact('one of several users signs out', 'several', 'USR-DISC-001', 'USR-DISC-002')
        .withRequest('POST', given('several', '/users/{id}/disconnect'))
        .willRespondWith(200, (answer) => answer.jsonBody({ iterable: eachLike(profile) }))
        .executeTest(async ({ url }) => {
          const { iterable } = await openClient(url).usersDisconnectUser({ user: example('several', '{id}') });

          expect(iterable).toMatchObject([{ aesthetics: { theme: { dark: true }, font: { size: 13 } } }]);
        });
    });

    test('answers Users when nobody is left', async () => {
      await interact('the last user signs out', 'lastUser', 'USR-DISC-007')
        .withRequest('POST', given('lastUser', '/users/{id}/disconnect'))
        .willRespondWith(200, (answer) => answer.jsonBody(anyUsers))
        .executeTest(async ({ url }) => {
          const { iterable } = await openClient(url).usersDisconnectUser({ user: example('lastUser', '{id}') });

          expect(iterable ?? []).toEqual([]);
        });
    });

    test('does not break when the user has signed out already', async () => {
      await interact('a user signs out twice', 'signedOut', 'USR-DISC-003')
        .withRequest('POST', given('signedOut', '/users/{id}/disconnect'))
        .willRespondWith(servedOrRefused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).usersDisconnectUser({ user: example('signedOut', '{id}') });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });

    test('does not break when the id is nobody', async () => {
      await interact('nobody signs out', 'stranger', 'USR-DISC-003')
        .withRequest('POST', given('stranger', '/users/{id}/disconnect'))
        .willRespondWith(servedOrRefused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).usersDisconnectUser({ user: example('stranger', '{id}') });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });

    test('does not break when the id is no uuid', async () => {
      await interact('a word signs out', 'someone', 'USR-DISC-003')
        .withRequest('POST', '/users/not-a-uuid/disconnect')
        .willRespondWith(servedOrRefused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).usersDisconnectUser({ user: 'not-a-uuid' });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });
  });
}
