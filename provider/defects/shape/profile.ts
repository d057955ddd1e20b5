import { profile } from '../../alterations/hooks.ts';
import type { Defect } from '../defect.ts';

/** Faults of the profile itself: a field missing, of another type, or in another format. */
export const profileDefects: readonly Defect[] = [
  {
    name: 'no-id',
    sentence: 'Profiles are sent without their id.',
    requirement: 'USR-AUTH-001',
    seed: profile(({ id, ...rest }) => rest),
  },
  {
    name: 'id-is-number',
    sentence: 'The id is sent as a number.',
    requirement: 'USR-SNAP-004',
    seed: profile((user) => ({ ...user, id: Number.parseInt(user.id.slice(0, 8), 16) })),
  },
  {
    name: 'no-aesthetics',
    sentence: 'Profiles are sent without aesthetics.',
    requirement: 'USR-SNAP-004',
    seed: profile(({ aesthetics, ...rest }) => rest),
  },
  {
    name: 'dark-is-text',
    sentence: 'aesthetics.theme.dark is the text "false".',
    requirement: 'USR-SNAP-004',
    seed: profile((user) => ({ ...user, aesthetics: { ...user.aesthetics, theme: { dark: 'false' } } })),
  },
  {
    name: 'dark-is-number',
    sentence: 'aesthetics.theme.dark is 0, as the database keeps booleans.',
    requirement: 'USR-SNAP-004',
    seed: profile((user) => ({ ...user, aesthetics: { ...user.aesthetics, theme: { dark: 0 } } })),
  },
  {
    name: 'theme-is-null',
    sentence: 'aesthetics.theme is null until somebody chooses one.',
    requirement: 'USR-SNAP-004',
    seed: profile((user) => ({ ...user, aesthetics: { ...user.aesthetics, theme: null } })),
  },
  {
    name: 'font-size-is-text',
    sentence: 'aesthetics.font.size is "14px".',
    requirement: 'USR-SNAP-004',
    seed: profile((user) => ({ ...user, aesthetics: { ...user.aesthetics, font: { size: '14px' } } })),
  },
  {
    name: 'created-is-text',
    sentence: 'created is the bare time, not an object that holds it.',
    requirement: 'USR-SNAP-005',
    seed: profile((user) => ({ ...user, created: user.created?.value })),
  },
  {
    name: 'created-is-epoch',
    sentence: 'created.value is the number of seconds since 1970.',
    requirement: 'USR-SNAP-005',
    seed: profile((user, { created }) => ({ ...user, created: { value: Math.floor(Date.parse(created) / 1000) } })),
  },
  {
    name: 'created-is-local',
    sentence: 'created.value is written as people in the United States write it.',
    requirement: 'USR-SNAP-005',
    seed: profile((user, { created }) => ({ ...user, created: { value: new Date(created).toLocaleString('en-US') } })),
  },
  {
    name: 'created-has-no-value',
    sentence: 'created has its readable text only.',
    requirement: 'USR-SNAP-005',
    seed: profile((user) => ({ ...user, created: { readable: 'Just now...' } })),
  },
  {
    name: 'email-is-list',
    sentence: 'email is a list of addresses.',
    requirement: 'USR-SNAP-005',
    seed: profile((user) => ({ ...user, email: [user.email] })),
  },
  {
    name: 'name-is-object',
    sentence: 'name is an object of its parts.',
    requirement: 'USR-ONE-004',
    seed: profile((user) => ({ ...user, name: { full: user.name } })),
  },
  {
    name: 'picture-is-path',
    sentence: 'picture is a path, not a URI.',
    requirement: 'USR-AUTH-007',
    seed: profile((user) => ({ ...user, picture: `/avatars/${user.id} large.png` })),
  },
  {
    name: 'username-is-number',
    sentence: 'username is the number of the user.',
    requirement: 'USR-AUTH-007',
    seed: profile((user) => ({ ...user, username: 1001 })),
  },
  {
    name: 'migration-is-text',
    sentence: 'schema.migration is "0".',
    requirement: 'USR-SNAP-005',
    seed: profile((user) => ({ ...user, schema: { migration: '0', semantic: 'MAJOR_0_MINOR_0_PATCH_1' } })),
  },
  {
    name: 'semantic-is-dotted',
    sentence: 'schema.semantic is "0.0.1".',
    requirement: 'USR-SNAP-005',
    seed: profile((user) => ({ ...user, schema: { migration: 0, semantic: '0.0.1' } })),
  },
  {
    name: 'providers-are-a-list',
    sentence: 'providers is a bare list.',
    requirement: 'USR-SNAP-005',
    seed: profile((user) => ({ ...user, providers: [] })),
  },
  {
    name: 'provider-in-camel-case',
    sentence: 'An external provider has userId where the wire has user_id.',
    requirement: 'USR-ONE-004',
    seed: profile((user) => ({
      ...user,
      providers: { iterable: [{ type: 'github', userId: '1', created: user.created, updated: user.updated }] },
    })),
  },
  {
    name: 'auth0-without-global-id',
    sentence: 'auth0 is sent empty.',
    requirement: 'USR-SNAP-005',
    seed: profile((user) => ({ ...user, auth0: {} })),
  },
];
