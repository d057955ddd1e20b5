import type { Client } from '../../target/http.ts';
import { profileUnlessRefused, usersOf } from './answers.ts';
import { stable } from './profile.ts';

/** What the two reads say of one user: how often the snapshot lists it, and whether it is found by id. */
export interface Presence {
  readonly listed: number;
  readonly found: boolean;
}

export const PRESENT: Presence = { listed: 1, found: true };
export const GONE: Presence = { listed: 0, found: false };

/** Everything that the two reads say of some users, by id; what rightly moves by itself is left out. */
export type View = Readonly<Record<string, { readonly listed: readonly unknown[]; readonly found: unknown }>>;

/** Reads these users in both ways. Two views are equal when nothing about the users has changed. */
export async function viewOf(client: Client, ids: readonly string[]): Promise<View> {
  const users = usersOf(await client.snapshot());
  const entries = ids.map(async (id) => {
    const listed = users.filter((user) => user.id === id).map(stable);
    const found = profileUnlessRefused(await client.one(id));
    return [id, { listed, found: found && stable(found) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The same, reduced to who is there. */
export async function presenceOf(client: Client, ids: readonly string[]): Promise<Record<string, Presence>> {
  const view = await viewOf(client, ids);
  return Object.fromEntries(
    Object.entries(view).map(([id, { listed, found }]) => [id, { listed: listed.length, found: found !== undefined }]),
  );
}
