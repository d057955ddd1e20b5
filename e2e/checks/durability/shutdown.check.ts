import { expect } from '@jest/globals';
import { NotOffered } from '../../support/cannot-tell.ts';
import { Trust } from '../../support/faults/trust.ts';
import { RawHttp, requestBytes } from '../../support/raw-http.ts';
import { requirement } from '../../support/requirement.ts';
import { took } from '../../support/stopwatch.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** After so long Docker kills what it has asked to stop. Checks about something else wait for longer. */
const END_WITHIN_MS = 10_000;

/** Each of the two requests to the issuer takes so long: together less than a second, after which a server may cut who is slow. */
const SLOW_MS = 300;

const TERMINATE = { needs: ['claims', 'fresh', 'terminate'] } as const;

requirement(
  'USR-DUR-014',
  'the provider ends when SIGTERM comes and a connection is idle',
  TERMINATE,
  async (context) => {
    const own = await context.openOwn();
    const { baseUrl } = own.target;
    using idle = await RawHttp.open(baseUrl);
    await idle.send(requestBytes(baseUrl, 'GET /users'));
    expect(await idle.receive()).toMatchObject({ kind: 'answer', status: 200 });

    const endedAfterMs = await took(() => own.terminate());

    expect(own.target.isRunning()).toBe(false);
    if (endedAfterMs > END_WITHIN_MS)
      throw new Unsatisfied('an end within ten seconds of SIGTERM', `an end after ${Math.round(endedAfterMs)} ms`);
  },
);

requirement(
  'USR-DUR-015',
  'a sign-in is answered when SIGTERM comes while it waits for the issuer',
  { needs: [...TERMINATE.needs, 'issuer'] },
  async (context) => {
    await using trust = await Trust.open(context);
    await trust.issuer.rotateKeys(); // the keys that it may have fetched at its start are of no use
    const person = context.newPerson();
    const token = await trust.prepare(person);
    await trust.issuer.setFault({ delayMs: SLOW_MS });

    const asked = trust.issuer.asked();
    const answer = trust.attempt(person, token);
    answer.catch(() => {}); // it is awaited below
    if (await Promise.race([asked.then(() => false), answer.then(() => true)]))
      throw new NotOffered('the target does not ask the issuer for the key of the token');
    const ending = trust.own.terminate();
    ending.catch(() => {});

    await answer; // whichever: who gives up its own requests then may say so
    await ending;
  },
);
