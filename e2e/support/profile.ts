/** A profile as it stands on the wire: nothing but its id is relied on, every other field is a claim to be checked. */
export type Profile = { readonly id: string } & Readonly<Record<string, unknown>>;

/** Fields that rightly differ between two reads: `readable` is relative to now, `allocation` follows a cloud's progress. */
const MOVING = ['readable', 'allocation'];

/** The plain fields of the model. Others (providers, keys) may rightly be told by one operation and not by another. */
const CORE = ['id', 'email', 'name', 'username', 'vanityname', 'picture', 'created', 'updated', 'aesthetics'];

/** The profile as one operation must answer it again and again while nobody changes the user. */
export const stable = (profile: Profile): unknown =>
  JSON.parse(JSON.stringify(profile, (key, value: unknown) => (MOVING.includes(key) ? undefined : value)));

/** The profile as every operation must answer it. */
export const core = (profile: Profile): unknown =>
  stable(Object.fromEntries(Object.entries(profile).filter(([field]) => CORE.includes(field))) as Profile);

/** In the order of their ids, for comparisons: providers rightly differ in theirs, and from read to read. */
export const inOrderOfIds = <P extends { readonly id: string }>(profiles: readonly P[]): P[] =>
  profiles.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** When the user was made (`created`) or changed (`updated`), as the wire has it; undefined where not sent. */
export function timeOf(profile: Profile, field: 'created' | 'updated'): string | undefined {
  const { value } = (profile[field] ?? {}) as { value?: unknown };
  return typeof value === 'string' ? value : undefined;
}
