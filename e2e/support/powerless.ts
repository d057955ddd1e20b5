import type { Answer, Client } from '../../target/http.ts';
import type { Person } from '../../target/person.ts';
import { profileOf } from './answers.ts';
import type { Context } from './context.ts';
import { readHeader } from './jwt.ts';
import { unlessClosed } from './tolerance.ts';
import { expectNoTrace, expectRefusal, expectUnchanged } from './traces.ts';

/** A token longer than this, in characters, may be refused by closing the connection: nobody needs to read as much. */
const LONG = 8_000;

/** Makes an access token for a person that must not be believed. */
export type Forgery = (person: Person) => string | Promise<string>;

/** How a token is handed in. */
export type Submit = (client: Client, token: string) => Promise<Answer>;

export const inBody: Submit = (client, token) =>
  client.authenticate({ access_token: token, token_type: 'Bearer', expires_in: 3600 });

export const inHeader: Submit = (client, token) => client.authenticate(undefined, { authorization: `Bearer ${token}` });

/** The answer to a token, or undefined where it was long and the server closed the connection. */
export async function handIn(client: Client, token: string, submit: Submit = inBody): Promise<Answer | undefined> {
  const answer = submit(client, token);
  return token.length > LONG ? unlessClosed(answer) : answer;
}

/**
 * Each forgery, by its name, is tried for somebody new and for the subject of a user who is signed in. None may make or
 * change a user, and each is refused with a 4xx, with 503 where it needs a key that the issuer does not publish, or unread where it
 * is long. The state is looked at first: an answer proves nothing.
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
      const token = await forge(person);
      attempts.push({ what, person, token, answer: await handIn(context.client, token, submit) });
    }
  }

  await expectNoTrace(context, attempts);
  await expectUnchanged(context, before, anyOf(Object.keys(forgeries)));
  const kids = context.mint.publicKeys().map(({ kid }) => kid);
  for (const { what, token, answer } of attempts) {
    // Who asks the issuer for a key that it does not know only so often a minute cannot tell yet: 503 keeps out as well.
    if (!answer || (answer.status === 503 && asksForKey(token, kids))) continue;
    expectRefusal(context, what, answer);
  }
}

/** Whether a token, if it is one, needs a key that is not among these. */
function asksForKey(token: string, kids: readonly unknown[]): boolean {
  const header = readHeader(token);
  return header !== undefined && !kids.includes(header.kid);
}

const anyOf = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(' or ') : `any of ${names.length} tokens (${names.slice(0, 2).join(', ')} …)`;
