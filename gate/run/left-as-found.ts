import { isDeepStrictEqual } from 'node:util';
import { openClient } from '../../target/http.ts';
import { isOurs } from '../../target/person.ts';
import { signOutAll } from '../../target/sign-out.ts';
import { plural } from '../reports/digest.ts';
import type { LeftAsFound } from '../verdict/model.ts';

const SIGN_OUT_WITHIN_MS = 5_000;

type Profile = Readonly<Record<string, unknown>>;

/** The users in the target's snapshot, or undefined when it gives none that can be read. */
export async function readUsers(baseUrl: string): Promise<readonly Profile[] | undefined> {
  try {
    const answer = await openClient(baseUrl).snapshot();
    const iterable = (answer.json() as { iterable?: Profile[] | null }).iterable ?? [];
    return answer.status === 200 && Array.isArray(iterable) ? iterable : undefined;
  } catch {
    return undefined; // the stages say what is wrong with it
  }
}

/** Signs out the users of this run that are still there, e.g. because an answer to their sign-in was lost. */
export async function signOutOurs(baseUrl: string, sessionId: string): Promise<void> {
  const left = ((await readUsers(baseUrl)) ?? []).filter((user) => isOurs(user, sessionId));
  const ids = left.map(({ id }) => String(id ?? 'without an id'));
  await signOutAll(openClient(baseUrl, { timeoutMs: SIGN_OUT_WITHIN_MS }), ids); // compareUsers tells who stayed
}

/**
 * Compares the users before and after. Strangers who signed in meanwhile are no difference of ours; a user that was there
 * before and is gone or changed is. `readable` is relative to now and left out. Pure.
 */
export function compareUsers(
  before: readonly Profile[] | undefined,
  after: readonly Profile[] | undefined,
  sessionId: string,
): LeftAsFound {
  if (!before || !after)
    return { same: false, text: 'the users before and after could not be compared: no readable snapshot' };
  const now = new Map(after.map((user) => [user.id, user]));
  const gone = before.filter(({ id }) => !now.has(id));
  const changed = before.filter(
    (user) => now.has(user.id) && !isDeepStrictEqual(lasting(user), lasting(now.get(user.id))),
  );
  const ours = after.filter((user) => isOurs(user, sessionId));
  if (gone.length + changed.length + ours.length === 0) {
    return { same: true, text: `the snapshot after the run equals the one before (${plural(before.length, 'user')})` };
  }
  const parts = [count(gone, 'gone'), count(changed, 'changed'), count(ours, 'left behind by this run')].filter(
    (part) => part !== '',
  );
  return { same: false, text: `the snapshot after the run differs from the one before: ${parts.join(', ')}` };
}

function count(users: readonly Profile[], what: string): string {
  const ids = users.slice(0, 3).map(({ id }) => String(id));
  return users.length === 0 ? '' : `${users.length} ${what} (${ids.join(', ')}${users.length > 3 ? ', …' : ''})`;
}

/** A profile without what changes by itself. */
const lasting = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, member) => (key === 'readable' ? undefined : member)));
