import { describe, expect, test } from '@jest/globals';
import { example, given } from './given.ts';
import { type Interact, openClient } from './interaction.ts';
import { fullProfile, profile, refused } from './matchers.ts';

export function describeOne(interact: Interact): void {
  describe('GET /users/{user}', () => {
    test('answers the user that has this id', async () => {
      await interact('a user by id', 'someone', 'USR-ONE-001')
        .withRequest('GET', given('someone', '/users/{id}'))
        .willRespondWith(200, (answer) => answer.jsonBody({ ...profile, id: given('someone', '{id}') }))
        .executeTest(async ({ url }) => {
          const user = example('someone', '{id}');

          await expect(openClient(url).usersSpecificUserSnapshot({ user })).resolves.toMatchObject({ id: user });
        });
    });

    test('answers a user that has the required fields only', async () => {
      await interact('a user with the required fields only', 'bareUser', 'USR-ONE-001')
        .withRequest('GET', given('bareUser', '/users/{id}'))
        .willRespondWith(200, (answer) => answer.jsonBody(profile))
        .executeTest(async ({ url }) => {
          const found = await openClient(url).usersSpecificUserSnapshot({ user: example('bareUser', '{id}') });

          expect(found).toMatchObject({ aesthetics: { theme: { dark: true }, font: { size: 13 } }, name: undefined });
        });
    });

    test('types the optional fields it sends', async () => {
      await interact('a user with every optional field', 'fullUser', 'USR-ONE-004')
        .withRequest('GET', given('fullUser', '/users/{id}'))
        .willRespondWith(200, (answer) => answer.jsonBody(fullProfile))
        .executeTest(async ({ url }) => {
          const found = await openClient(url).usersSpecificUserSnapshot({ user: example('fullUser', '{id}') });

          expect(found).toMatchObject({
            email: 'ada@example.test',
            updated: { value: new Date('2026-01-02T03:04:05.678Z') },
          });
        });
    });

    test('refuses an id that is nobody', async () => {
      await interact('a user that nobody is', 'stranger', 'USR-ONE-002')
        .withRequest('GET', given('stranger', '/users/{id}'))
        .willRespondWith(refused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).usersSpecificUserSnapshot({ user: example('stranger', '{id}') });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });

    test('refuses the id of a user that has been disconnected', async () => {
      await interact('a user that has signed out', 'signedOut', 'USR-ONE-002')
        .withRequest('GET', given('signedOut', '/users/{id}'))
        .willRespondWith(refused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).usersSpecificUserSnapshot({ user: example('signedOut', '{id}') });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });

    test.each([
      ['a word', 'not-a-uuid'],
      ['a number', '1'],
      ['a path', 'nobody/profile'],
      ['a space', ' '],
      ['letters beyond ASCII', 'Zoë'],
      ['a uuid and more', `${example('someone', '{id}')}0`],
    ])('refuses %s as an id', async (what, user) => {
      await interact(`${what} for an id`, 'someone', 'USR-ONE-003')
        .withRequest('GET', `/users/${encodeURIComponent(user)}`)
        .willRespondWith(refused)
        .executeTest(async ({ url }) => {
          const asked = openClient(url).usersSpecificUserSnapshot({ user });

          await expect(asked).rejects.toThrow('Response returned an error code');
        });
    });
  });
}
