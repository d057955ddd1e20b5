import { describe, expect, test } from '@jest/globals';
import { MatchersV3 } from '@pact-foundation/pact';
import { type Interact, openClient } from './interaction.ts';
import { anyUsers, fullProfile, profile } from './matchers.ts';

const { atLeastLike, arrayContaining, eachLike } = MatchersV3;

export function describeSnapshot(interact: Interact): void {
  describe('GET /users', () => {
    test('holds every user when several are signed in', async () => {
      await interact('the snapshot of several users', 'several', 'USR-SNAP-001', 'USR-SNAP-004')
        .withRequest('GET', '/users')
        .willRespondWith(200, (answer) => answer.jsonBody({ iterable: atLeastLike(profile, 2) }))
        .executeTest(async ({ url }) => {
          const { iterable } = await openClient(url).usersSnapshot();

          expect(iterable).toMatchObject([
            { aesthetics: { theme: { dark: true } } },
            { aesthetics: { font: { size: 13 } } },
          ]);
        });
    });

    test('holds nobody when nobody is signed in', async () => {
      await interact('the snapshot of nobody', 'nobody', 'USR-SNAP-003')
        .withRequest('GET', '/users')
        // `{}` and an empty iterable are both right; that it is empty where it is sent is checked on the raw answer.
        .willRespondWith(200, (answer) => answer.jsonBody(anyUsers))
        .executeTest(async ({ url }) => {
          const { iterable } = await openClient(url).usersSnapshot();

          expect(iterable ?? []).toEqual([]);
        });
    });

    test('needs no more than the required fields', async () => {
      await interact('the snapshot of a user with the required fields only', 'bareUser', 'USR-SNAP-004')
        .withRequest('GET', '/users')
        .willRespondWith(200, (answer) => answer.jsonBody({ iterable: eachLike(profile) }))
        .executeTest(async ({ url }) => {
          const { iterable } = await openClient(url).usersSnapshot();

          expect(iterable).toMatchObject([{ id: expect.any(String), email: undefined, created: undefined }]);
        });
    });

    test('types the optional fields it sends', async () => {
      await interact('the snapshot of a user with every optional field', 'fullUser', 'USR-SNAP-005')
        .withRequest('GET', '/users')
        .willRespondWith(200, (answer) => answer.jsonBody({ iterable: arrayContaining(fullProfile) }))
        .executeTest(async ({ url }) => {
          const { iterable } = await openClient(url).usersSnapshot();

          expect(iterable?.[0]?.created?.value).toEqual(new Date('2026-01-02T03:04:05.678Z'));
        });
    });
  });
}
