import { z } from 'zod';

const profileSchema = z.looseObject({ id: z.string(), email: z.string().optional() });

/** What we need of a UserProfile. */
export type Profile = z.infer<typeof profileSchema>;

const usersSchema = z.looseObject({ iterable: z.array(profileSchema).default([]) });

/** The target did not answer a request of the preparation as it must. */
export class PreparationError extends Error {}

/** A target that does not answer must not hold the run up for ever. */
const TIMEOUT_MS = 60_000;

/** Signs in with an OAuthToken as JSON. */
export function signIn(baseUrl: string, token: string, signal?: AbortSignal): Promise<Profile> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: token };
  return ask(`${baseUrl}/users/authenticate/from_token`, init, profileSchema, signal);
}

/** Everyone who is signed in. */
export async function readSnapshot(baseUrl: string, signal?: AbortSignal): Promise<readonly Profile[]> {
  return (await ask(`${baseUrl}/users`, { method: 'GET' }, usersSchema, signal)).iterable;
}

/** Signs a user out; one that is already out is no error. The answer holds everyone who is left: it is not read. */
export async function signOut(baseUrl: string, id: string): Promise<void> {
  const url = `${baseUrl}/users/${encodeURIComponent(id)}/disconnect`;
  const answer = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(TIMEOUT_MS) });
  await answer.body?.cancel();
  if (answer.status >= 500) throw new PreparationError(`POST ${url} answered ${answer.status}`);
}

async function ask<T>(url: string, init: RequestInit, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
    if (answer.status === 200) return schema.parse(await answer.json());
    await answer.body?.cancel();
    throw new PreparationError(`${init.method} ${url} answered ${answer.status}`);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof PreparationError) throw cause;
    const reason = cause instanceof z.ZodError ? 'the answer has another shape' : (cause as Error).message;
    throw new PreparationError(`${init.method} ${url} got no usable answer: ${reason}`, { cause });
  }
}
