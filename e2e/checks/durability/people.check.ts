import { expect } from '@jest/globals';
import type { Person } from '../../../target/person.ts';
import { profileUnlessRefused } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import type { Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

const RESTART = { needs: ['claims', 'fresh', 'restart'] } as const;

requirement(
  'USR-DUR-008',
  'odd people are the same users when they sign in after a restart',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const { nickname: unique } = context.newPerson();
    const digits = String(Date.now()).repeat(2);
    const subjects = [
      digits,
      `00${digits}`,
      `github|${digits}`,
      `${unique}|${'x'.repeat(40)}`,
      `${unique}|${'x'.repeat(200)}`,
      `${unique}@example.com`,
      `Auth0|${unique.toUpperCase()}`,
      `auth0|${unique} with spaces`,
      `auth0|${unique}-\u00e9-\u{1F600}`,
      `auth0|${unique}/a/b?c=d#e`,
      `auth0|${unique}"'\\,;`,
      `auth0%7C${unique}`,
      ...['.', '-', '#', '_', '~'].map((first) => `${first}${unique}`), // a file, an option, a comment, a wildcard, a folder
      ...['__proto__', 'constructor', 'null'],
    ];
    const people = subjects.map((subject) => context.newPerson({ subject }));
    const before = await signInTaken(context, own, people);

    await own.restart();
    const again = await signInTaken(context, own, [...before.keys()]);

    expect(idsBySubject(again)).toEqual(idsBySubject(before));
    expect(await own.users()).toHaveLength(before.size);
  },
);

requirement('USR-DUR-026', 'who is new is a user of its own when another was read back', RESTART, async (context) => {
  const own = await context.openOwn();
  const { nickname: unique } = context.newPerson();
  const alike = (first: string, second: string) => [{ subject: first }, { subject: second }] as const;
  const first = context.newPerson();
  const { email, name, nickname, picture } = context.newPerson();
  const pairs = [
    [{ email: first.email }, { email: first.email }],
    [
      { email, name, nickname, picture },
      { email, name, nickname, picture },
    ],
    alike(`auth0|${unique}-case`, `auth0|${unique}-CASE`),
    alike(`auth0|${unique}-space`, `auth0|${unique}-space `),
    alike(`auth0|${unique}-\u00e9`, `auth0|${unique}-e\u0301`),
    alike(`auth0|${unique}-service`, `github|${unique}-service`),
    alike(`auth0|${unique}-long`, `auth0|${unique}-lo`),
    alike(`${unique}-${'x'.repeat(220)}a`, `${unique}-${'x'.repeat(220)}b`),
    alike(`auth0|${unique}-007`, `auth0|${unique}-7`),
  ].map(([before, after]) => [context.newPerson(before), context.newPerson(after)] as const);
  const known = await signInTaken(
    context,
    own,
    pairs.map(([person]) => person),
  );

  await own.restart();
  const added = await signInTaken(
    context,
    own,
    pairs.map(([, person]) => person),
  );

  const ids = [...known.values(), ...added.values()].map(({ id }) => id);
  const merged = [...added].filter(([, { id }]) => ids.indexOf(id) !== ids.lastIndexOf(id));
  expect({ merged: merged.map(([{ subject }]) => subject) }).toEqual({ merged: [] });
  expect(new Set((await own.users()).map(({ id }) => id))).toEqual(new Set(ids));
});

/** One after the other; a provider may refuse odd people, but not each of them. */
async function signInTaken(context: Context, own: OwnPlace, people: readonly Person[]): Promise<Map<Person, Profile>> {
  const taken = new Map<Person, Profile>();
  for (const person of people) {
    const profile = profileUnlessRefused(await own.client.authenticate(await context.mint.signIn(person)));
    if (profile) taken.set(person, profile);
  }
  expect(taken.size).toBeGreaterThan(0);
  return taken;
}

const idsBySubject = (users: ReadonlyMap<Person, Profile>): Record<string, string> =>
  Object.fromEntries([...users].map(([{ subject }, { id }]) => [subject, id]));
