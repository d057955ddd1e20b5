import type { Answer } from './measure.ts';

/** What a check needs of a UserProfile. */
export interface Profile {
  readonly id: string;
  readonly email?: string;
}

const isProfile = (value: unknown): value is Profile =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

/** The body as JSON; undefined when it is none. */
function parsed(answer: Answer): unknown {
  try {
    return JSON.parse(String(answer.body));
  } catch {
    return undefined;
  }
}

/** The profile in an answer; undefined when it holds none. */
export function profileOf(answer: Answer): Profile | undefined {
  const json = parsed(answer);
  return isProfile(json) ? json : undefined;
}

/** The profiles in a `Users` answer, whose `iterable` may be absent; undefined when it is no such answer. */
export function profilesOf(answer: Answer): readonly Profile[] | undefined {
  const json = parsed(answer);
  if (typeof json !== 'object' || json === null) return undefined;
  const iterable = 'iterable' in json ? json.iterable : [];
  return Array.isArray(iterable) && iterable.every(isProfile) ? iterable : undefined;
}

/**
 * The profile of an id in a `Users` answer; undefined where there is none. k6 finds it without parsing the rest, and throws at what is
 * no JSON. Source: k6's `Response.json(selector)`, GJSON path syntax.
 */
export const profileIn = (answer: Answer, id: string): Partial<Profile> | undefined =>
  answer.json(`iterable.#(id==${JSON.stringify(id)})`) as Partial<Profile> | undefined;
