import type { Answer } from '../../target/http.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** A profile as it stands on the wire: nothing but its id is relied on, every other field is a claim to be checked. */
export type Profile = { readonly id: string } & Readonly<Record<string, unknown>>;

/** Reads the UserProfile of a 200; anything else is a failure of the target. */
export function profileOf(answer: Answer): Profile {
  const body = okBodyOf(answer);
  if (!isProfile(body)) throw new Unsatisfied('a UserProfile with an id', brief(body));
  return body;
}

/** Reads the users of a 200. An absent iterable is an empty one. Source: users-api.md, "Models". */
export function usersOf(answer: Answer): Profile[] {
  const body = okBodyOf(answer);
  const iterable = isObject(body) ? (body.iterable ?? []) : undefined;
  if (!Array.isArray(iterable)) throw new Unsatisfied('a Users object, its iterable an array or absent', brief(body));
  const odd = iterable.find((user) => !isProfile(user));
  if (odd !== undefined) throw new Unsatisfied('a Users object of UserProfiles with an id each', brief(odd));
  return iterable;
}

/** Reads a JSON body whatever the status. */
export function jsonOf(answer: Answer): unknown {
  try {
    return answer.json();
  } catch {
    throw new Unsatisfied('a JSON body', `status ${answer.status}, ${brief(answer.text)}`);
  }
}

/** The target must have refused: any 4xx. Providers rightly differ in which. Source: users-api.md. */
export function expectRefused(answer: Answer): void {
  if (answer.status < 400 || answer.status > 499) {
    throw new Unsatisfied('a refusal (4xx)', `status ${answer.status}: ${brief(answer.text)}`);
  }
}

/** The profile without what may rightly differ between two reads: `readable` is relative to now ("Just now"). */
export function stable(profile: Profile): unknown {
  return JSON.parse(JSON.stringify(profile, (key, value: unknown) => (key === 'readable' ? undefined : value)));
}

function okBodyOf(answer: Answer): unknown {
  if (answer.status !== 200) throw new Unsatisfied('status 200', `status ${answer.status}: ${brief(answer.text)}`);
  return jsonOf(answer);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isProfile = (value: unknown): value is Profile =>
  isObject(value) && typeof value.id === 'string' && value.id !== '';

const brief = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300) || 'nothing';
