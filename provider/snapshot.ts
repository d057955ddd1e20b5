import { randomBytes } from 'node:crypto';
import type { Serializer } from './serializer.ts';
import type { Store } from './store.ts';
import type { User } from './user.ts';

/** The bytes of an answer and their entity tag. */
export interface Prepared {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** Prepares answers once per change: a user's bytes when it changes, the snapshot's when it is asked for after a change. */
export interface Snapshots {
  current(): Prepared;
  one(user: User): Prepared;
  /** The bytes of one profile. */
  profile(user: User): Buffer;
  /** To be told of every change, before it is answered. */
  changed(): void;
}

const [OPEN, COMMA, CLOSE] = ['{"iterable":[', ',', ']}'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

export function createSnapshots(store: Store, serialize: Serializer): Snapshots {
  const start = randomBytes(6).toString('base64url'); // another process has other tags
  const profiles = new WeakMap<User, Prepared>(); // a changed user is another object
  let version = 0;
  let profileVersion = 0;
  let prepared: Prepared | undefined;

  const one = (user: User): Prepared => {
    const known = profiles.get(user);
    if (known) return known;
    profileVersion += 1;
    const made = { bytes: serialize(user), etag: `"${start}-u${profileVersion}"` };
    profiles.set(user, made);
    return made;
  };
  const profile = (user: User): Buffer => one(user).bytes;
  return {
    one,
    profile,
    current() {
      prepared ??= { bytes: join([...store.all()].map(profile)), etag: `"${start}-${version}"` };
      return prepared;
    },
    changed() {
      version += 1;
      prepared = undefined;
    },
  };
}

const join = (profiles: readonly Buffer[]): Buffer =>
  Buffer.concat([OPEN, ...profiles.flatMap((bytes, index) => (index === 0 ? [bytes] : [COMMA, bytes])), CLOSE]);
