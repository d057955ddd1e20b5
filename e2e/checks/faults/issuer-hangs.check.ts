import { setTimeout as sleep } from 'node:timers/promises';
import type { IssuerFault } from '../../../target/issuer-fault.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import { expectAnsweredMeanwhile } from '../../support/faults/meanwhile.ts';
import { ISSUER, PATIENT } from '../../support/faults/needs.ts';
import { Trust } from '../../support/faults/trust.ts';
import { HEALTH, isHealthy } from '../../support/health.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** A client has given a server up long before, in milliseconds; a busy machine is slow once, not each time. */
const HEALTH_WITHIN_MS = 1_500;
const TRIES = 3;
/** After a look at the keys many wait as long before the next; so often it is tried, in milliseconds. */
const LOOKS_AGAIN_MS = 15_000;
const PAUSE_MS = 500;
/** As many users as are disconnected while one waits, and afterwards. */
const DISCONNECTS = 20;
/** More than the few workers of a small server. */
const WAITING = 5;

const RESTART = { ...ISSUER, needs: [...ISSUER.needs, 'restart'] } as const;

requirement('USR-FAULT-006', 'sign-in is answered when the issuer never answers', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');

  const { exchange } = await trust.attempt();

  context.measure('answeredMs', Math.round(exchange.durationMs));
});

requirement(
  'USR-FAULT-002',
  "a stranger's token is refused when the issuer never answers",
  PATIENT,
  async (context) => {
    await using trust = await Trust.open(context);
    await trust.issuer.setFault('hang');

    await trust.expectStrangersKeptOut('while the issuer takes requests and never answers them');
  },
);

requirement('USR-FAULT-007', 'users are read when a sign-in waits for the issuer', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');
  await trust.issuer.rotateKeys(); // keys that were fetched at the start are of no use: the issuer must be asked
  const waiting = trust.attempt();

  const what = { asked: 'a snapshot', meanwhile: 'a sign-in waits for the issuer' };
  const rounds = await expectAnsweredMeanwhile(what, waiting, () => trust.own.users());

  context.measure('reads', rounds);
  await Promise.allSettled([waiting]); // that it is answered is judged above
});

requirement('USR-FAULT-053', 'users are read when five sign-ins wait for the issuer', ISSUER, async (context) => {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault('hang');
  await trust.issuer.rotateKeys(); // as above
  const waiting = Array.from({ length: WAITING }, () => trust.attempt());
  const all = Promise.allSettled(waiting);

  const what = { asked: 'a snapshot', meanwhile: `${WAITING} sign-ins wait for the issuer` };
  await expectAnsweredMeanwhile(what, Promise.race(waiting), () => trust.own.users());

  await all; // that they are answered is judged above
});

requirement('USR-FAULT-049', 'a user is disconnected when a sign-in waits for the issuer', RESTART, async (context) => {
  await using trust = await Trust.open(context);
  const ids: string[] = [];
  while (ids.length < DISCONNECTS) ids.push((await trust.own.signIn()).profile.id); // one by one: nothing else is asked of it here
  await trust.own.restart(); // who has just asked for the keys need not ask again so soon
  await trust.issuer.setFault('hang');
  await trust.issuer.rotateKeys(); // keys that were fetched before are of no use: the issuer must be asked
  const waiting = trust.attempt();

  const what = { asked: 'the answer to a disconnect', meanwhile: 'a sign-in waits for the issuer' };
  await expectAnsweredMeanwhile(what, waiting, () => trust.own.disconnect(ids.pop()!));

  await Promise.allSettled([waiting]); // that it is answered is judged above
});

requirement(
  'USR-FAULT-052',
  'who has a known key signs in when the token of another waits for the issuer',
  ISSUER,
  async (context) => {
    await using trust = await Trust.open(context);
    const { person } = await trust.own.signIn();
    const token = await trust.prepare(person);
    await trust.issuer.setFault('hang');
    const { waiting } = await waitWithUnknownKey(trust);

    const what = { asked: 'a sign-in by a known key', meanwhile: 'one by an unknown key waits for the issuer' };
    await expectAnsweredMeanwhile(what, waiting, async () => {
      const { status } = await trust.attempt(person, token);
      // Each of several processes may rightly look for itself.
      if (status !== 200) throw new NotOffered(`the target asks for known keys again: status ${status}`);
    });

    await Promise.allSettled([waiting]); // that it is answered is judged above
  },
);

requirement('USR-FAULT-008', 'sign-in works again when the issuer did not answer', PATIENT, (context) =>
  expectRecoveryFrom(context, 'hang'),
);

requirement('USR-FAULT-054', 'sign-in works again when the connections to the issuer were lost', PATIENT, (context) =>
  expectRecoveryFrom(context, 'lost'),
);

async function expectRecoveryFrom(context: Context, fault: IssuerFault): Promise<void> {
  await using trust = await Trust.open(context);
  await trust.issuer.setFault(fault);
  await trust.attempt();

  await trust.issuer.setFault('none');

  await trust.expectRecovery();
}

requirement('USR-FAULT-048', 'the server is found when the issuer never answers', PATIENT, async (context) => {
  await using trust = await Trust.open(context);
  const { client } = trust.own;
  if (!(await isHealthy(client))) throw new NotOffered('the target tells no health');
  await trust.issuer.setFault('hang');

  const took: number[] = [];
  while (took.length < TRIES && took.every((ms) => ms > HEALTH_WITHIN_MS)) {
    took.push((await client.send('GET', HEALTH)).exchange.durationMs);
  }

  const quickest = Math.min(...took);
  context.measure('healthMs', Math.round(quickest));
  if (quickest > HEALTH_WITHIN_MS) {
    throw new Unsatisfied(`its health within ${HEALTH_WITHIN_MS} ms`, `${Math.round(quickest)} ms at best of ${TRIES}`);
  }
});

/** Sends tokens that name keys which nobody has until the provider asks the issuer, which hangs, and one of them waits. */
async function waitWithUnknownKey(trust: Trust): Promise<{ waiting: Promise<unknown> }> {
  let isAsked = false;
  const asked = trust.issuer.asked().then(() => {
    isAsked = true;
  });
  const giveUpAt = performance.now() + LOOKS_AGAIN_MS;
  for (let at = 0; performance.now() < giveUpAt; at += 1) {
    const waiting = trust.attemptWithKey(`nobody-${at}`);
    await Promise.race([asked, waiting.catch(() => undefined)]);
    if (isAsked) return { waiting };
    await sleep(PAUSE_MS);
  }
  throw new NotOffered(`the target looks for no unknown key within ${LOOKS_AGAIN_MS / 1000} s of its last look`);
}
