import { describe, expect, test } from '@jest/globals';
import { Model, readSchemas } from './model.ts';
import { PROFILES, type ProfileName, profileOf } from './profiles.ts';
import { undeclaredSecrets } from './raw/secrets.ts';
import { asSentBy } from './verification/as-sent-by.ts';
import type { Interaction } from './verification/pact-file.ts';

const models = new Map(PROFILES.map((name) => [name, new Model(profileOf(name, readSchemas()).schemas)]));
const open = (name: ProfileName) => models.get(name)!;

const user = (fields: object) => ({
  id: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  aesthetics: { theme: { dark: false }, font: { size: 13 } },
  ...fields,
});

const ofProvider = (type: string) => {
  const at = { value: '2026-01-02T03:04:05Z' };
  return user({ providers: { iterable: [{ type, user_id: 'u', created: at, updated: at }] } });
};

/** The profiles whose clients read this user, newest first. */
const readBy = (profile: object) =>
  PROFILES.filter((name) => open(name).violations('UserProfile', profile).length === 0);

describe('the contract profiles', () => {
  test('start with the newest, which is openapi.yaml as it stands', () => {
    const newest = readSchemas();

    expect(profileOf(PROFILES[0], newest)).toEqual({ name: '5.0', schemas: newest, alwaysSent: {} });
  });

  test('are named in the error when there is no such one', () => {
    expect(() => profileOf('6.0', readSchemas())).toThrow(
      'no contract profile "6.0": it is one of 5.0, 4.4, 4.3, 4.2, 4.1',
    );
  });

  test.each([
    ['5.0', ofProvider('myspace')],
    ['5.0 4.4', ofProvider('microsoft')],
    ['5.0 4.4 4.3', ofProvider('discord')],
    ['4.2 4.1 5.0', ofProvider('auth0')],
    ['5.0 4.4 4.3 4.2 4.1', ofProvider('github')],
    ['5.0 4.4 4.3', user({ schema: { migration: 0, semantic: 'UNKNOWN' } })],
    ['5.0', user({ schema: { migration: 0, semantic: 'MAJOR_1_MINOR_0_PATCH_0' } })],
  ])('%s read %j', (names, profile) => {
    expect(readBy(profile).sort()).toEqual(names.split(' ').sort());
  });

  test.each([
    ['entities', { iterable: 7 }, '5.0'],
    ['apiKeys', 7, '5.0 4.4'],
    ['subscriptions', { iterable: 7 }, '5.0 4.4'],
    ['descope', {}, '5.0 4.4 4.3 4.2'],
  ])('%s as %j breaks only the clients that know the field: %j', (field, value, names) => {
    const broken = PROFILES.filter((name) => !readBy(user({ [field]: value })).includes(name));

    expect(broken).toEqual(names.split(' '));
  });

  test('before 4.4 have no place for apiKeys, which then look like a leak', () => {
    const find = (name: ProfileName) => {
      const model = open(name);
      return undeclaredSecrets(user({ apiKeys: ['k'] }), model.named('UserProfile'), model);
    };

    expect({ '4.4': find('4.4'), '4.3': find('4.3') }).toEqual({ '4.4': [], '4.3': ['apiKeys'] });
  });

  test('before 4.2 send a scope with every token, and with nothing else', () => {
    const send = (name: ProfileName, content: unknown) => {
      const interaction = { raw: { request: { body: { content } } } } as Interaction;
      return asSentBy(profileOf(name, readSchemas()), interaction).raw.request.body?.content;
    };

    expect(send('4.1', { access_token: 't' })).toEqual({ access_token: 't', scope: 'openid profile email' });
    expect(send('4.1', { access_token: 't', scope: 'mine' })).toEqual({ access_token: 't', scope: 'mine' });
    expect(send('4.2', { access_token: 't' })).toEqual({ access_token: 't' });
    expect(send('4.1', undefined)).toBeUndefined();
  });
});
