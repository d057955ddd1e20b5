import type { Answer } from '../../target/http.ts';
import type { Profile } from './profile.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** What is read of an answer, over whichever connection it came. */
type Said = Pick<Answer, 'status' | 'text'>;

/** Reads the UserProfile of a 200; anything else is a failure of the target. */
export function profileOf(answer: Said): Profile {
  const body = okBodyOf(answer);
  if (!isProfile(body)) throw new Unsatisfied('a UserProfile with an id', brief(body));
  return body;
}

/** Reads the users of a 200. An absent iterable is an empty one. Source: users-api.md, "Models". */
export function usersOf(answer: Said): Profile[] {
  const body = okBodyOf(answer);
  const iterable = isObject(body) ? (body.iterable ?? []) : undefined;
  if (!Array.isArray(iterable)) throw new Unsatisfied('a Users object, its iterable an array or absent', brief(body));
  const odd = iterable.findIndex((user) => !isProfile(user));
  if (odd >= 0) throw new Unsatisfied('a Users object of UserProfiles with an id each', brief(iterable[odd]));
  return iterable;
}

/** Whether the target refused: any 4xx. Providers rightly differ in which. Source: users-api.md. */
export const isRefused = ({ status }: Said): boolean => status >= 400 && status <= 499;

/** The target must have refused. */
export function expectRefused(answer: Answer): void {
  if (!isRefused(answer)) throw new Unsatisfied('a refusal (4xx)', `status ${answer.status}: ${brief(answer.text)}`);
}

/** The profile of a 200, or undefined where the target refused: for what a provider may rightly not take. */
export const profileUnlessRefused = (answer: Said): Profile | undefined =>
  isRefused(answer) ? undefined : profileOf(answer);

/** Reads a JSON body whatever the status. */
export function jsonOf(answer: Said): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    throw new Unsatisfied('a JSON body', `status ${answer.status}: ${brief(answer.text)}`);
  }
}

function okBodyOf(answer: Said): unknown {
  if (answer.status !== 200) throw new Unsatisfied('status 200', `status ${answer.status}: ${brief(answer.text)}`);
  return jsonOf(answer);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isProfile = (value: unknown): value is Profile =>
  isObject(value) && typeof value.id === 'string' && value.id !== '';

const brief = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300) || 'nothing';
