import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Context } from '../../support/context.ts';
import { ISSUER, PATIENT } from '../../support/faults/needs.ts';
import { RawConnection } from '../../support/faults/raw-connection.ts';
import { signInBytes } from '../../support/faults/sign-in-bytes.ts';
import { Trust } from '../../support/faults/trust.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** Of each answer of the issuer; a provider asks at least twice. */
const SLOW_MS = 300;
/** So long the first waits before the others come, and so long after them it goes: the issuer has not answered yet, in milliseconds. */
const AHEAD_MS = 100;

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

requirement(
  'USR-FAULT-050',
  'others are signed in when the issuer is slow and who came first has hung up',
  ISSUER,
  async (context) => {
    await using trust = await Trust.open(context);
    const { baseUrl } = trust.own.target;
    const [first, ...others] = await times(4, () => trust.prepare(context.newPerson()));
    await trust.issuer.setFault({ delayMs: SLOW_MS });
    const { head, body } = signInBytes(baseUrl, first!);
    const connection = await RawConnection.open(baseUrl);
    if (!connection) throw new Unsatisfied('a connection', 'none');

    await connection.send(head + body);
    await sleep(AHEAD_MS);
    const answers = others.map((token) => trust.attempt(undefined, token));
    await sleep(AHEAD_MS);
    connection[Symbol.dispose]();

    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses).toEqual(others.map(() => 200));
  },
);

async function recoversFrom(context: Context, fault: 'error' | 'garbage' | 'empty'): Promise<void> {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault(fault);
  await trust.attempt();

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
}
