import type { Answer } from '../../target/http.ts';
import type { OAuthToken } from '../../target/mint.ts';
import { profileOf } from './answers.ts';
import type { Context } from './context.ts';
import { expectNoServerError } from './tolerance.ts';
import { expectNoTrace, expectUnchanged } from './traces.ts';

type Try<Subject> = (subject: Subject) => Promise<Answer | undefined>;

/**
 * Each way, by its name, to hand in a good token is tried for somebody new and for a user who is signed in. None may make or
 * change a user, and none is a 5xx. Resolves to the answers by name, for what more is to be said of them.
 */
export async function expectNoSignIn(context: Context, ways: Readonly<Record<string, Try<OAuthToken>>>) {
  const victim = await context.signIn();
  const before = profileOf(await context.client.one(victim.profile.id));
  const attempts = [];
  for (const [what, submit] of Object.entries(ways)) {
    for (const person of [context.newPerson(), context.newPerson({ subject: victim.person.subject })]) {
      attempts.push({ what, person, answer: await submit(await context.mint.signIn(person)) });
    }
  }

  await expectNoTrace(context, attempts);
  await expectUnchanged(context, before, `any of these: ${Object.keys(ways).join(', ').slice(0, 200)}`);
  for (const { what, answer } of attempts) expectNoServerError(context, what, answer);
  return attempts;
}

/** Each way, by its name, to disconnect the user of an id is tried. None may remove or change the user, and none is a 5xx. */
export async function expectNoDisconnect(context: Context, ways: Readonly<Record<string, Try<string>>>) {
  const victim = await context.signIn();
  const before = profileOf(await context.client.one(victim.profile.id));
  const attempts = [];
  for (const [what, disconnect] of Object.entries(ways)) {
    const answer = await disconnect(victim.profile.id);
    attempts.push({ what, answer });
    await expectUnchanged(context, before, what, answer);
  }

  for (const { what, answer } of attempts) expectNoServerError(context, what, answer);
  return attempts;
}
