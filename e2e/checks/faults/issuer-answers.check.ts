import type { Context } from '../../support/context.ts';
import { ISSUER, PATIENT } from '../../support/faults/needs.ts';
import { Trust } from '../../support/faults/trust.ts';
import { requirement } from '../../support/requirement.ts';

/** Of each answer of the issuer; a provider asks at least twice. */
const SLOW_MS = 300;

requirement('USR-FAULT-009', 'sign-in works again when the issuer answered errors', PATIENT, (context) =>
  recoversFrom(context, 'error'),
);

requirement('USR-FAULT-009', 'sign-in works again when the issuer answered what is no JSON', PATIENT, (context) =>
  recoversFrom(context, 'garbage'),
);

requirement('USR-FAULT-009', 'sign-in works again when the issuer answered empty documents', PATIENT, (context) =>
  recoversFrom(context, 'empty'),
);

requirement('USR-FAULT-010', 'sign-in works when the issuer is slow', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault({ delayMs: SLOW_MS });

  await trust.own.signIn();
});

async function recoversFrom(context: Context, fault: 'error' | 'garbage' | 'empty'): Promise<void> {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault(fault);
  await trust.attempt();

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
}
