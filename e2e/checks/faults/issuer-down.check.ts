import { expect } from '@jest/globals';
import { ISSUER, PATIENT } from '../../support/faults/needs.ts';
import { Trust } from '../../support/faults/trust.ts';
import { requirement } from '../../support/requirement.ts';
import { GONE } from '../../support/view.ts';

/** More than there are connections, slots or workers in a pool that is small. */
const A_DOZEN = 12;

/** Ways of the issuer to have no keys for whoever asks. */
const NO_KEYS = ['down', 'error', 'garbage', 'empty'] as const;

requirement('USR-FAULT-001', 'sign-in is answered when the issuer refuses connections', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('down');

  const { exchange } = await trust.attempt();

  context.measure('answeredMs', Math.round(exchange.durationMs));
});

requirement('USR-FAULT-002', "a stranger's token is refused when no keys can be had", ISSUER, async (context) => {
  await using trust = await Trust.open(context);

  for (const fault of NO_KEYS) {
    await trust.issuer.setFault(fault);
    await trust.expectStrangerKeptOut(`while the issuer is ${fault === 'down' ? 'down' : `answering: ${fault}`}`);
  }
});

requirement('USR-FAULT-002', "a stranger's token is refused when its key cannot be had", ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.own.signIn();
  await trust.issuer.setFault('down');

  await trust.expectStrangerKeptOut('while the issuer is down, whose keys of before may be known');
});

requirement('USR-FAULT-003', 'users are read when the issuer is down', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  const { profile } = await trust.own.signIn();
  const before = await trust.own.view(profile.id);
  await trust.issuer.setFault('down');

  await trust.attempt();

  expect(await trust.own.view(profile.id)).toEqual(before);
});

requirement(
  'USR-FAULT-003',
  'a user is as before when they sign in and their key cannot be had',
  { ...PATIENT, needs: [...PATIENT.needs, 'restart'] },
  async (context) => {
    await using trust = await Trust.open(context);
    const { person, profile } = await trust.own.signIn();
    const before = await trust.own.view(profile.id);
    await trust.own.restart(); // it has not just asked, and so asks when a token comes

    for (const fault of NO_KEYS) {
      await trust.issuer.setFault(fault);
      await trust.issuer.rotateKeys(); // keys that it asked for at its start are of no use
      const { status } = await trust.attempt(person);
      const view = await trust.own.view(profile.id);
      expect({ fault, status, view }).toEqual({ fault, status, view: before });
    }
  },
);

requirement('USR-FAULT-004', 'a user is disconnected when the issuer is down', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  const { profile } = await trust.own.signIn();
  await trust.issuer.setFault('down');

  await trust.own.disconnect(profile.id);

  expect(await trust.own.presence(profile.id)).toEqual({ [profile.id]: GONE });
});

requirement('USR-FAULT-005', 'sign-in works again when the issuer was down', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('down');
  await trust.attempt();

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
});

requirement('USR-FAULT-005', 'sign-in works again when a dozen came in vain', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('down');
  await Promise.allSettled(Array.from({ length: A_DOZEN }, () => trust.attempt())); // that one is answered is judged above

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
});
