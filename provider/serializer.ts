import type { components } from '../contracts/openapi.d.ts';
import type { User } from './user.ts';

type UserProfile = components['schemas']['UserProfile'];

const schema = { migration: 0, semantic: 'MAJOR_0_MINOR_0_PATCH_1' } as const;

/** Turns a user into the bytes of its profile on the wire. */
export type Serializer = (user: User) => Buffer;

export const serializeUser: Serializer = (user) => Buffer.from(JSON.stringify(profileOf(user)));

function profileOf({ id, identity, created, updated }: User): UserProfile {
  const { name, email, picture, nickname } = identity;
  return {
    schema,
    id,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(picture === undefined ? {} : { picture }),
    ...(nickname === undefined ? {} : { vanityname: nickname }),
    aesthetics: { schema, theme: { dark: false }, font: { size: 14 } },
    created: { schema, value: created },
    updated: { schema, value: updated },
  };
}
