import { expect } from '@jest/globals';
import { NoAnswerError } from '../../../target/http.ts';
import { RESET } from '../../support/faults/fault.ts';
import { LinkedClient } from '../../support/faults/linked-client.ts';
import { requirement } from '../../support/requirement.ts';
import { GONE, PRESENT } from '../../support/view.ts';

requirement('USR-FAULT-025', 'there is one user after a second try when the answer was lost', {}, async (context) => {
  await using client = await LinkedClient.open(context);
  await client.link.suffer('downstream', RESET);
  const person = context.newPerson();
  const token = await context.mint.signIn(person);

  await expectLost(client.authenticate(token));
  const made = await context.usersLike(person);
  const again = await context.signIn(person);

  expect([0, 1]).toContain(made.length);
  // A profile may say nothing of the person: then only its id tells.
  const others = (await context.usersLike(person)).filter(({ id }) => id !== again.profile.id);
  expect(others).toEqual([]);
  expect(await context.presence(again.profile.id)).toEqual({ [again.profile.id]: PRESENT });
});

requirement('USR-FAULT-026', 'a user is gone after a second try when the answer was lost', {}, async (context) => {
  await using client = await LinkedClient.open(context);
  await client.link.suffer('downstream', RESET);
  const { profile } = await context.signIn();

  await expectLost(client.disconnect(profile.id));
  const between = await context.presence(profile.id);
  await context.client.disconnect(profile.id); // 200 or a refusal: providers rightly differ where the user has gone

  expect([{ [profile.id]: PRESENT }, { [profile.id]: GONE }]).toContainEqual(between);
  expect(await context.presence(profile.id)).toEqual({ [profile.id]: GONE });
});

/** The request got through and its answer did not; anything else is a fault of the link. */
async function expectLost(answer: Promise<unknown>): Promise<void> {
  const outcome = await answer.catch((error: unknown) => error);
  if (!(outcome instanceof NoAnswerError)) throw new Error('the link let the answer through', { cause: outcome });
}
