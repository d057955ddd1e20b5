import { expect } from '@jest/globals';
import { NotOffered } from '../../support/cannot-tell.ts';
import { Conversation } from '../../support/conversation.ts';
import { eventually } from '../../support/eventually.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { requirement } from '../../support/requirement.ts';
import { took } from '../../support/stopwatch.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** After so long Docker kills what it has asked to stop. Checks about something else wait for longer. */
const END_WITHIN_MS = 10_000;

/** The status line after that of 100 Continue. */
const ANSWER = /\r\n\r\n(HTTP\/1\.[01] [2-5].*)/;

const TERMINATE = { needs: ['claims', 'fresh', 'terminate'] } as const;

requirement(
  'USR-DUR-014',
  'the provider ends when SIGTERM comes and a connection is idle',
  TERMINATE,
  async (context) => {
    const own = await context.openOwn();
    using idle = await Conversation.open(own.target.baseUrl);
    idle.head('GET /users HTTP/1.1', { accept: 'application/json' });
    await idle.hears(/^HTTP\/1\.[01] 200 /, 10_000);
    expect(idle.heard).toMatch(/^HTTP\/1\.[01] 200 /);

    const endedAfterMs = await took(() => own.terminate());

    expect(own.target.isRunning()).toBe(false);
    if (endedAfterMs > END_WITHIN_MS)
      throw new Unsatisfied('an end within ten seconds of SIGTERM', `an end after ${Math.round(endedAfterMs)} ms`);
  },
);

requirement(
  'USR-DUR-015',
  'a request is answered when SIGTERM comes in the middle of it',
  TERMINATE,
  async (context) => {
    const own = await context.openOwn();
    const body = JSON.stringify(await context.mint.signIn(context.newPerson()));
    using conversation = await Conversation.open(own.target.baseUrl);
    const headers = { 'content-type': 'application/json', 'content-length': `${body.length}`, expect: '100-continue' };
    conversation.head('POST /users/authenticate/from_token HTTP/1.1', headers);
    // The only sign that a server has taken a request before it has all of it.
    if (!(await conversation.hears(/^HTTP\/1\.[01] 100 /, 5_000)))
      throw new NotOffered('the target says no 100 Continue');

    const ending = own.terminate();
    ending.catch(() => {}); // it is awaited below
    // No longer than a second: a server may cut who is slow then, and the proxy before a container takes connections to the end.
    await eventually(() => isClosed(own), Boolean, 1_000);
    conversation.body(body);

    await conversation.hears(ANSWER, 15_000);
    const [, statusLine] = ANSWER.exec(conversation.heard) ?? [];
    if (!statusLine?.includes(' 200 '))
      throw new Unsatisfied('200 to the request in whose middle SIGTERM came', statusLine ?? 'no answer');
    await ending;
  },
);

/** Whether new connections are turned away. */
async function isClosed(own: OwnPlace): Promise<boolean> {
  try {
    using _knock = await Conversation.open(own.target.baseUrl);
    return false;
  } catch {
    return true;
  }
}
