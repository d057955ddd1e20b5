import { openClient } from '../../../target/http.ts';
import { Crowd } from '../../support/faults/crowd.ts';
import { DEAD } from '../../support/faults/fault.ts';
import { Link } from '../../support/faults/link.ts';
import { expectAnsweredMeanwhile } from '../../support/faults/meanwhile.ts';
import { FEW, OWN } from '../../support/faults/needs.ts';
import { signInBytes } from '../../support/faults/sign-in-bytes.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-FAULT-043', 'others are served when 100 connections are idle', OWN, async (context) => {
  const own = await context.openOwn();
  const { baseUrl } = own.target;
  const request = `GET /users HTTP/1.1\r\nHost: ${new URL(baseUrl).host}\r\n\r\n`;

  using silent = await Crowd.open(baseUrl, 50);
  using answered = await Crowd.open(baseUrl, 50);
  await answered.each((connection) => connection.send(request));

  // A server may rightly close a connection once it has answered: the end of one of those says nothing.
  await expectServed(own, silent, '100 connections are idle');
  context.measure('connections', silent.size + answered.size);
});

requirement('USR-FAULT-044', 'others are served when three clients are no longer there', OWN, async (context) => {
  const own = await context.openOwn();
  const { host } = new URL(own.target.baseUrl);
  const { head, body } = signInBytes(own.target.baseUrl, await context.mint.signIn(context.newPerson()));
  await using link = await Link.open(context.session, { to: host });
  using crowd = await Crowd.open(`http://127.0.0.1:${link.port}`, FEW);
  await crowd.each((connection) => connection.send(head));
  // What goes over the link after the heads and comes back, or does not, tells that they have arrived.
  await openClient(`http://127.0.0.1:${link.port}`, { timeoutMs: 1_000 })
    .snapshot()
    .catch(() => undefined);
  await link.suffer('upstream', DEAD);
  await link.suffer('downstream', DEAD);
  await crowd.each((connection) => connection.send(body));

  await expectServed(own, crowd, 'three connections are half-open');
});

/** Somebody else reads and signs in, and waits for none of the crowd. */
async function expectServed(own: OwnPlace, crowd: Crowd, meanwhile: string): Promise<void> {
  await expectAnsweredMeanwhile({ asked: 'an answer to another', meanwhile }, crowd.thinned, async () => {
    await own.users();
    await own.signIn();
  });
}
