import { describe, expect, test } from '@jest/globals';
import { Model, readSchemas } from './model.ts';
import { isOptional, isRequired } from './raw/expect.ts';
import { undeclaredSecrets } from './raw/secrets.ts';

const model = new Model(readSchemas());

const buildUser = (overrides: object = {}) => ({
  id: '497F6ECA-6276-7993-bfeb-53cbbbba6f08',
  aesthetics: { theme: { dark: false }, font: { size: 13.5 } },
  ...overrides,
});

const pathsOf = (user: object) => model.violations('UserProfile', user).map(({ path }) => path);

describe('Model', () => {
  test.each([
    ['the required fields only', buildUser()],
    ['unknown fields anywhere', buildUser({ shoeSize: 44, created: { value: '2026-01-02T03:04:05Z', zone: 'CET' } })],
    ['null for what is optional', buildUser({ name: null, created: null, providers: null })],
    ['microseconds and an offset', buildUser({ updated: { value: '2026-01-02T03:04:05.678901+02:00' } })],
    ['an enum value of tomorrow', buildUser({ schema: { migration: 7, semantic: 'MAJOR_9_MINOR_0_PATCH_0' } })],
  ])('takes %s', (_what, user) => {
    expect(pathsOf(user)).toEqual([]);
  });

  test.each([
    ['no aesthetics', buildUser({ aesthetics: undefined }), 'aesthetics'],
    ['null for what is required', buildUser({ id: null }), 'id'],
    ['a number for an id', buildUser({ id: 7 }), 'id'],
    ['a word for an id', buildUser({ id: 'ada' }), 'id'],
    [
      'a string for dark',
      buildUser({ aesthetics: { theme: { dark: 'no' }, font: { size: 1 } } }),
      'aesthetics.theme.dark',
    ],
    ['no font size', buildUser({ aesthetics: { theme: { dark: true }, font: {} } }), 'aesthetics.font.size'],
  ])('names the required field at fault: %s', (_what, user, path) => {
    const violations = model.violations('UserProfile', JSON.parse(JSON.stringify(user)));

    expect(violations.filter(isRequired).map((violation) => violation.path)).toEqual([path]);
    expect(violations.filter(isOptional)).toEqual([]);
  });

  test.each([
    ['a date without an offset', { created: { value: '2026-01-02T03:04:05' } }, 'created.value'],
    ['a timestamp that is a string', { updated: '2026-01-02T03:04:05Z' }, 'updated'],
    ['a number for a name', { name: 7 }, 'name'],
    ['a picture that is no URI', { picture: 'me.png' }, 'picture'],
    ['a provider without its user', { providers: { iterable: [{ type: 'github' }] } }, 'providers.iterable[].user_id'],
  ])('names the optional field at fault: %s', (_what, overrides, path) => {
    const violations = model.violations('UserProfile', buildUser(overrides));

    expect(violations.filter(isOptional).map((violation) => violation.path)).toContain(path);
    expect(violations.filter(isRequired)).toEqual([]);
  });

  test('tells the required fields of users in a list from the optional ones', () => {
    const violations = model.violations('Users', { iterable: [buildUser({ id: 7, name: 7 })] });

    expect(violations.filter(isRequired)).toMatchObject([{ path: 'iterable[].id' }]);
    expect(violations.filter(isOptional)).toMatchObject([{ path: 'iterable[].name' }]);
  });
});

describe('undeclaredSecrets', () => {
  const find = (user: object) => undeclaredSecrets({ iterable: [user] }, model.named('Users'), model);

  test.each([
    'access_token',
    'refreshToken',
    'id-token',
    'api_key',
    'apikey',
    'cloud_key',
    'client_secret',
    'password',
  ])('finds %s, wherever it is', (name) => {
    const user = buildUser({ [name]: 'x', extras: { deep: [{ [name]: { value: 'x' } }] } });

    expect(find(user)).toEqual([`iterable[].${name}`, `iterable[].extras.deep[].${name}`]);
  });

  test('leaves alone the places that the model has for secrets', () => {
    const providers = { iterable: [{ type: 'github', access_token: 'x' }] };

    expect(
      find(buildUser({ apiKeys: ['x'], auth0: { cloud_key: 'x', open_AI: { api_key: 'x' } }, providers })),
    ).toEqual([]);
  });

  test('leaves alone what is empty and what only sounds like it', () => {
    expect(
      find(
        buildUser({
          access_token: null,
          password: '',
          token_type: 'Bearer',
          tokensUsed: 3,
          secretary: 'Bob',
          passwordChanged: 'x',
        }),
      ),
    ).toEqual([]);
  });
});
