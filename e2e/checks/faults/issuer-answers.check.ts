import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { profileOf } from '../../support/answers.ts';
import { Undecided } from '../../support/cannot-tell.ts';
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
/** So long that a disconnect is answered before. */
const VERY_SLOW_MS = 2_000;
/** What ends within this of a disconnect, in milliseconds, ended with it. */
const MOMENT_MS = 500;

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

requirement(
  'USR-FAULT-051',
  'who is signed out while the keys are fetched is a user when the sign-in is answered 200',
  { ...ISSUER, needs: [...ISSUER.needs, 'restart'] },
  async (context) => {
    await using trust = await Trust.open(context);
    const { person, profile } = await trust.own.signIn();
    await trust.own.restart(); // who has just asked for the keys need not ask again so soon
    await trust.issuer.rotateKeys(); // no key that was fetched before is of use
    const token = await trust.prepare(person);
    await trust.issuer.setFault({ delayMs: VERY_SLOW_MS });
    const slowFrom = performance.now();
    const waiting = trust.attempt(person, token);
    void Promise.allSettled([waiting]); // where the disconnect fails first, nobody waits for it
    await sleep(AHEAD_MS);
    await trust.own.disconnect(profile.id);
    if (performance.now() - slowFrom > VERY_SLOW_MS) {
      if (await Promise.race([waiting, sleep(MOMENT_MS)])) return; // one after the other: then nobody leaves meanwhile
      throw new Undecided('the disconnect took longer than the issuer');
    }

    const answer = await waiting;

    if (performance.now() - slowFrom < VERY_SLOW_MS) return; // it had the keys, and the sign-in may have come first
    if (answer.status !== 200) return; // who waits for keys no longer may say so
    const users = await trust.own.users();
    expect(users.map(({ id }) => id)).toEqual([profileOf(answer).id]);
  },
);

async function recoversFrom(context: Context, fault: 'error' | 'garbage' | 'empty'): Promise<void> {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault(fault);
  await trust.attempt();

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
}
