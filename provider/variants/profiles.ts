import { createHash } from 'node:crypto';
import { both, extend, json, profile, type UserProfile } from '../alterations/hooks.ts';
import type { User } from '../user.ts';
import type { Variant } from './variant.ts';

/** Both times of a profile, written in another way. */
const times = (write: (time: Date) => string) =>
  profile((user, { created, updated }) => ({
    ...user,
    created: { ...user.created, value: write(new Date(created)) },
    updated: { ...user.updated, value: write(new Date(updated)) },
  }));

/** All that the model has, none of it a secret. */
const everything = (user: UserProfile, { id, identity }: User) => {
  const global_id = createHash('sha256').update(id).digest('hex').slice(0, 24);
  const created = { ...user.created, readable: 'Just now...' };
  const updated = { ...user.updated, readable: 'Just now...' };
  return {
    ...user,
    created,
    updated,
    username: `user-${global_id}`,
    providers: {
      schema: user.schema,
      iterable: [{ type: 'github', user_id: global_id, created, updated, connection: 'github', isSocial: true }],
    },
    auth0: { global_id, vanityname: identity.nickname ?? 'nobody', open_AI: {} },
    descope: { global_id, descope_id: `U${global_id}` },
    entities: { iterable: [] },
    subscriptions: { iterable: [] },
  };
};

/** Fields that no page names, at every level. */
const unknownFields = <T extends Pick<UserProfile, 'aesthetics'>>(user: T) => ({
  ...user,
  locale: 'en-GB',
  roles: [],
  lastSeen: null,
  aesthetics: {
    ...user.aesthetics,
    theme: { ...user.aesthetics.theme, accent: '#336699' },
    font: { ...user.aesthetics.font, family: { name: 'Inter', fallback: ['sans-serif'] } },
    density: 1,
  },
});

/** What a hardened provider refuses: any Host, any Origin. */
const notHardened = extend((app, { host }) => {
  app.addHook('onRequest', async ({ headers }, reply) => {
    headers.host = host;
    delete headers.origin;
    reply.header('access-control-allow-origin', '*');
  });
});

/** Profiles with more, less, or the same written otherwise. */
export const profileVariants: readonly Variant[] = [
  {
    name: 'bare-profiles',
    sentence: 'Profiles have nothing but what is required, id and aesthetics, and a font of 14.5.',
    allowedBy: ['optional fields missing', '**font** {**size** number}'],
    profile: 'hardened',
    alter: profile(({ id, aesthetics: { theme } }) => ({
      id,
      aesthetics: { theme: { dark: theme.dark }, font: { size: 14.5 } },
    })),
  },
  {
    name: 'full-profiles',
    sentence: 'Profiles have every field of the model and some that no page names, and so has the snapshot.',
    allowedBy: ['extra unknown fields', 'optional fields missing'],
    profile: 'hardened',
    alter: both(
      profile((user, kept) => unknownFields(everything(user, kept))),
      json(['snapshot', 'disconnect'], (users) => ({
        schema: { migration: 0, semantic: 'MAJOR_0_MINOR_0_PATCH_1', note: null },
        ...users,
        total: users.iterable.length,
        page: { next: null },
      })),
      json(['snapshot', 'one', 'authenticate', 'disconnect'], (value, _reply, { host }) => ({
        $schema: `http://${host}/schemas/answer.json`, // as Huma does; another start has another port
        ...value,
      })),
    ),
  },
  {
    name: 'times-in-milliseconds',
    sentence: 'Times have milliseconds and are written with the offset +00:00.',
    allowedBy: ['`GroupedTimestamp`: **value** ISO 8601 date-time'],
    profile: 'hardened',
    alter: times((time) => time.toISOString().replace('Z', '+00:00')),
  },
  {
    name: 'not-hardened',
    sentence: 'Any Host and any Origin is served: no page forbids it, though it is no good practice.',
    allowedBy: ['hardened – good practice for a server that listens on localhost and handles tokens'],
    profile: 'standard',
    alter: notHardened,
  },
];
