import type { Answer } from '../../target/http.ts';
import type { OAuthToken } from '../../target/mint.ts';
import type { Person } from '../../target/person.ts';
import { profileOf } from './answers.ts';
import type { Context } from './context.ts';
import { expectNoServerError, unlessClosed } from './tolerance.ts';
import { expectNoTrace, expectRefusal, showLast, tracesOf } from './traces.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** Writes the body of a sign-in around a good token. */
export type Write = (token: OAuthToken) => string | Buffer;

export const SIGN_IN = '/users/authenticate/from_token';

export const postBody = (
  { client }: Context,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer | undefined> =>
  unlessClosed(client.send('POST', SIGN_IN, { headers: { 'content-type': 'application/json', ...headers }, body }));

/** Each body, by its name, holds a good token and must be refused with a 4xx (or a closed connection), and make nobody. */
export async function expectBodiesRefused(context: Context, bodies: Readonly<Record<string, Write>>): Promise<void> {
  const attempts = await submit(context, bodies, {});
  await expectNoTrace(context, attempts);
  for (const { what, answer } of attempts) if (answer) expectRefusal(context, what, answer);
}

/**
 * Each body, by its name, holds a good token and may be refused (a 4xx or a closed connection) or understood: then it signs in
 * the person of the token and nobody else. Never a 5xx.
 */
export async function expectRefusedOrUnderstood(
  context: Context,
  bodies: Readonly<Record<string, Write>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const attempts = await submit(context, bodies, headers);
  const traces = await tracesOf(
    context,
    attempts.map(({ person }) => person),
  );
  for (const [index, { what, answer }] of attempts.entries()) {
    expectNoServerError(context, what, answer);
    const made = traces[index];
    if (answer && answer.status < 400) expectSame(context, what, answer, made?.id);
    else if (answer && made) {
      showLast(context, answer);
      throw new Unsatisfied(
        `nobody made by ${what}, which was refused`,
        `status ${answer.status}, and the user ${made.id}`,
      );
    }
  }
}

/** A body that was understood signed in the very user that its answer shows. */
function expectSame(context: Context, what: string, answer: Answer, id: string | undefined): void {
  const shown = profileOf(answer).id;
  // A provider may show nothing of the person: then there is no trace to compare with.
  if (id === undefined || id === shown) return;
  showLast(context, answer);
  throw new Unsatisfied(`the user ${id}, who was signed in by ${what}, in the answer`, `the user ${shown}`);
}

interface Submitted {
  readonly what: string;
  readonly person: Person;
  readonly answer: Answer | undefined;
}

async function submit(
  context: Context,
  bodies: Readonly<Record<string, Write>>,
  headers: Readonly<Record<string, string>>,
): Promise<Submitted[]> {
  const submitted: Submitted[] = [];
  for (const [what, write] of Object.entries(bodies)) {
    const person = context.newPerson();
    const answer = await postBody(context, write(await context.mint.signIn(person)), headers);
    submitted.push({ what, person, answer });
  }
  return submitted;
}
