import { expectAnsweredMeanwhile } from '../../support/faults/meanwhile.ts';
import { Trust } from '../../support/faults/trust.ts';
import { requirement } from '../../support/requirement.ts';

const ISSUER = { needs: ['fresh', 'issuer'], timeoutMs: 180_000 } as const;

requirement('USR-FAULT-006', 'sign-in is answered when the issuer never answers', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');

  const { exchange } = await trust.attempt();

  context.measure('answeredMs', Math.round(exchange.durationMs));
});

requirement('USR-FAULT-007', 'users are read when a sign-in waits for the issuer', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  const { profile } = await trust.own.signIn();
  await trust.issuer.rotateKeys(); // what signs the waiting one in cannot be known without asking
  await trust.issuer.setFault('hang');
  const waiting = trust.attempt();

  const what = { asked: 'a user read', meanwhile: 'a sign-in waits for the issuer' };
  const rounds = await expectAnsweredMeanwhile(what, waiting, () => trust.own.user(profile.id));

  context.measure('reads', rounds);
  await waiting;
});

requirement('USR-FAULT-008', 'sign-in works again when the issuer did not answer', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');
  await trust.attempt();

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
});
