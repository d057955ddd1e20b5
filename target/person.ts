import { randomBytes, randomInt } from 'node:crypto';

/** Someone who signs in. Each field stands in the tokens as the claim of the same name (`subject` as `sub`). */
export interface Person {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly picture: string;
  readonly nickname: string;
}

const markOf = (sessionId: string): string => `assay-${sessionId}`;

/** A person whom no call before has made, in this process or another. */
export function buildPerson(sessionId: string, overrides: Partial<Person> = {}): Person {
  const unique = `${markOf(sessionId)}-${randomBytes(6).toString('hex')}`;
  return {
    subject: `auth0|${unique}`,
    email: `${unique}@example.com`,
    name: `Ada ${unique}`,
    picture: `https://example.com/${unique}.png`,
    nickname: unique,
    ...overrides,
  };
}

/**
 * New people of the kinds of account that the model tells apart (`providers[].type`), named as identity services name them: a
 * provider may say more of some than of others.
 */
export const buildAccounts = (build: (overrides?: Partial<Person>) => Person): Person[] => [
  build(),
  ...['github', 'google-oauth2'].map((service) => build({ subject: `${service}|${randomInt(2 ** 47)}` })),
];

/** Whether a profile of any shape belongs to a person of this session: a provider may leave out any field but not all. */
export const isOurs = (profile: unknown, sessionId: string): boolean =>
  (JSON.stringify(profile) ?? '').includes(markOf(sessionId));
