import type { Context } from '../../support/context.ts';
import { BIT_BY_BIT, cutAfter, type Fault, RESET } from '../../support/faults/fault.ts';
import { openLinkedTrust } from '../../support/faults/linked-trust.ts';
import { ISSUER, PATIENT } from '../../support/faults/needs.ts';
import { requirement } from '../../support/requirement.ts';

/** In the middle of the discovery document, and of the keys, whatever the head of the answer takes. */
const MID_ANSWER_BYTES = 400;

requirement('USR-FAULT-020', 'sign-in works when the issuer answers a few bytes at a time', ISSUER, async (context) => {
  await using linked = await openLinkedTrust(context);
  await linked.link.suffer('downstream', BIT_BY_BIT);

  await linked.trust.own.signIn();
});

requirement('USR-FAULT-021', "sign-in works again when the issuer's answers were cut off", PATIENT, (context) =>
  recoversFrom(context, cutAfter(MID_ANSWER_BYTES)),
);

requirement('USR-FAULT-022', 'sign-in works again when connections to the issuer were reset', PATIENT, (context) =>
  recoversFrom(context, RESET),
);

async function recoversFrom(context: Context, fault: Fault): Promise<void> {
  await using linked = await openLinkedTrust(context);
  await linked.link.suffer('downstream', fault);
  await linked.trust.attempt();
  await linked.trust.expectStrangerKeptOut('while the issuer cannot be asked');

  await linked.link.heal();

  await linked.trust.expectRecovery();
}
