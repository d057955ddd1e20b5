import { expectAnsweredMeanwhile } from '../../support/faults/meanwhile.ts';
import { ISSUER, PATIENT } from '../../support/faults/needs.ts';
import { Trust } from '../../support/faults/trust.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-FAULT-006', 'sign-in is answered when the issuer never answers', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');

  const { exchange } = await trust.attempt();

  context.measure('answeredMs', Math.round(exchange.durationMs));
});

requirement('USR-FAULT-007', 'users are read when a sign-in waits for the issuer', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');
  await trust.issuer.rotateKeys(); // keys that were fetched at the start are of no use: the issuer must be asked
  const waiting = trust.attempt();

  const what = { asked: 'a snapshot', meanwhile: 'a sign-in waits for the issuer' };
  const rounds = await expectAnsweredMeanwhile(what, waiting, () => trust.own.users());

  context.measure('reads', rounds);
  await waiting;
});

requirement('USR-FAULT-008', 'sign-in works again when the issuer did not answer', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');
  await trust.attempt();

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
});
