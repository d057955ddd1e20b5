import { CORE, DETAILS } from '../../target/profile-fields.ts';

/** A profile as it stands on the wire: nothing but its id is relied on, every other field is a claim to be checked. */
export type Profile = { readonly id: string } & Readonly<Record<string, unknown>>;

/** `readable` is relative to now, and so rightly differs between two reads. `allocation` does as well: it follows a cloud's progress. */
const MOVING = ['readable', 'allocation'];

/**
 * The profile as one operation must answer it again and again while nobody changes the user: without fields
 * beyond the model, such as Huma's `$schema`, which names the server's port.
 */
export const stable = (profile: Profile): unknown => told(profile, [...CORE, ...DETAILS]);

/** The profile as every operation must answer it. */
export const core = (profile: Profile): unknown => told(profile, CORE);

function told(profile: Profile, fields: readonly string[]): unknown {
  const kept = Object.fromEntries(Object.entries(profile).filter(([field]) => fields.includes(field)));
  return JSON.parse(JSON.stringify(kept, (key, value: unknown) => (MOVING.includes(key) ? undefined : value)));
}

/** In the order of their ids, for comparisons: providers rightly differ in theirs, and from read to read. */
export const inOrderOfIds = <P extends { readonly id: string }>(profiles: readonly P[]): P[] =>
  profiles.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** When the user was made (`created`) or changed (`updated`), as the wire has it; undefined where not sent. */
export function timeOf(profile: Profile, field: 'created' | 'updated'): string | undefined {
  const { value } = (profile[field] ?? {}) as { value?: unknown };
  return typeof value === 'string' ? value : undefined;
}
