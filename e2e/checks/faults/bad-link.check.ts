import { expect } from '@jest/globals';
import { profileOf, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { BIT_BY_BIT, FAR_AWAY } from '../../support/faults/fault.ts';
import { LinkedClient } from '../../support/faults/linked-client.ts';
import { core } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-FAULT-023', 'all works when requests arrive a few bytes at a time', {}, async (context) => {
  await using client = await LinkedClient.open(context);
  await client.link.suffer('upstream', BIT_BY_BIT);

  await expectLife(context, client);
});

requirement('USR-FAULT-024', 'all works when the client is far away', {}, async (context) => {
  await using client = await LinkedClient.open(context);
  await client.link.suffer('upstream', FAR_AWAY);
  await client.link.suffer('downstream', FAR_AWAY);

  await expectLife(context, client);
});

/** Somebody signs in, is found in both ways, and goes: all over the link. */
async function expectLife(context: Context, client: LinkedClient): Promise<void> {
  const token = await context.mint.signIn(context.newPerson());

  const profile = profileOf(await client.authenticate(token));
  const listed = usersOf(await client.snapshot()).filter(({ id }) => id === profile.id);
  const found = profileOf(await client.one(profile.id));
  const left = usersOf(await client.disconnect(profile.id));

  expect([found, ...listed].map(core)).toEqual([core(profile), core(profile)]);
  expect(left.map(({ id }) => id)).not.toContain(profile.id);
}
