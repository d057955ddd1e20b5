import { expect } from '@jest/globals';
import { profileOf } from '../../support/answers.ts';
import { ISSUER, PATIENT } from '../../support/faults/needs.ts';
import { Trust } from '../../support/faults/trust.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';

requirement('USR-FAULT-011', 'the same user signs in when the issuer has new keys', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  const { person, profile } = await trust.own.signIn();

  await trust.issuer.rotateKeys();

  const { id } = await trust.expectRecovery(person);
  expect(id).toBe(profile.id);
});

requirement(
  'USR-FAULT-011',
  'the same user signs in when the issuer has new keys and a token named one that nobody has',
  PATIENT,
  async (context) => {
    await using trust = await Trust.open(context);
    const { person, profile } = await trust.own.signIn();
    await trust.attemptWithKey('nobody-at-all');

    await trust.issuer.rotateKeys();

    const { id } = await trust.expectRecovery(person);
    expect(id).toBe(profile.id);
  },
);

requirement(
  'USR-FAULT-011',
  'a user signs in when a token named the new key before the issuer published it',
  PATIENT,
  async (context) => {
    await using trust = await Trust.open(context);
    await trust.issuer.renewKeys();
    await trust.attempt(); // the first of all: there was no other look after which a provider waits before the next

    await trust.issuer.publishKeys();

    await trust.expectRecovery();
  },
);

requirement(
  'USR-FAULT-012',
  'sign-in works when the keys changed while the issuer was down',
  PATIENT,
  async (context) => {
    await using trust = await Trust.open(context);
    await trust.own.signIn();
    await trust.issuer.setFault('down');
    await trust.issuer.rotateKeys();
    await trust.attempt();

    await trust.issuer.setFault('none');

    await trust.expectRecovery();
  },
);

requirement('USR-FAULT-014', 'tokens of both keys sign in when the issuer publishes two', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  const { person, profile } = await trust.own.signIn();
  const old = await trust.prepare(person);

  await trust.issuer.addKeys();

  const { id } = await trust.expectRecovery(person);
  expect(id).toBe(profile.id);
  const answer = await trust.attempt(person, old);
  expect({ status: answer.status, id: profileOf(answer).id }).toEqual({ status: 200, id });
});

requirement('USR-FAULT-047', 'sign-in works when the issuer has keys of other kinds too', ISSUER, async (context) => {
  // Before the target starts: it may fetch the keys then, and has no reason to ask again.
  await using trust = await Trust.open(context, (issuer) => issuer.addOtherKeys());

  // By RS256, the only algorithm that every provider knows: OpenID Connect Core, section 15.1.
  expect((await trust.attempt()).status).toBe(200);
});

requirement('USR-FAULT-013', 'sign-in works when 30 tokens named keys that nobody has', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  const { person, profile } = await trust.own.signIn();
  await times(30, (at) => trust.attemptWithKey(`nobody-${at}`));

  const { id } = await trust.expectRecovery(person);

  expect(id).toBe(profile.id);
});
