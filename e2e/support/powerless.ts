import type { Answer, Client } from '../../target/http.ts';
import type { Person } from '../../target/person.ts';
import { profileOf } from './answers.ts';
import type { Context } from './context.ts';
import { expectNoTrace, expectRefusal, expectUnchanged } from './traces.ts';

/** Makes an access token for a person that must not be believed. */
export type Forgery = (person: Person) => string | Promise<string>;

/** How a token is handed in. */
export type Submit = (client: Client, token: string) => Promise<Answer>;

export const inBody: Submit = (client, token) =>
  client.authenticate({ access_token: token, token_type: 'Bearer', expires_in: 3600 });

export const inHeader: Submit = (client, token) => client.authenticate(undefined, { authorization: `Bearer ${token}` });

/**
 * Each forgery, by its name, is tried for somebody new and for the subject of a user who is signed in. None may make or
 * change a user, and each is refused with a 4xx. The state is looked at first: an answer proves nothing.
 */
export async function expectPowerless(
  context: Context,
  forgeries: Readonly<Record<string, Forgery>>,
  submit: Submit = inBody,
): Promise<void> {
  const victim = await context.signIn();
  const before = profileOf(await context.client.one(victim.profile.id));
  const attempts = [];
  for (const [what, forge] of Object.entries(forgeries)) {
    for (const person of [context.newPerson(), context.newPerson({ subject: victim.person.subject })]) {
      attempts.push({ what, person, answer: await submit(context.client, await forge(person)) });
    }
  }

  await expectNoTrace(context, attempts);
  await expectUnchanged(context, before, anyOf(Object.keys(forgeries)));
  for (const { what, answer } of attempts) expectRefusal(context, what, answer);
}

const anyOf = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(' or ') : `any of ${names.length} tokens (${names.slice(0, 2).join(', ')} …)`;
