import type { OAuthToken } from '../../../target/mint.ts';
import type { Context } from '../../support/context.ts';
import { Crowd } from '../../support/faults/crowd.ts';
import { expectAnsweredMeanwhile } from '../../support/faults/meanwhile.ts';
import { FEW, OWN } from '../../support/faults/needs.ts';
import { signInBytes } from '../../support/faults/sign-in-bytes.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { requirement } from '../../support/requirement.ts';

/** Together far more than what the kernel keeps for a connection. */
const UNREAD = { users: 50, requests: 800 };

requirement('USR-FAULT-040', 'others are served when three heads are unfinished', OWN, (context) =>
  expectServedBeside(context, 'the heads of three requests are unfinished', (url, token) =>
    signInBytes(url, token).head.slice(0, -2),
  ),
);

requirement('USR-FAULT-041', 'others are served when three bodies are unfinished', OWN, (context) =>
  expectServedBeside(context, 'the bodies of three sign-ins are unfinished', (url, token) => {
    const { head, body } = signInBytes(url, token);
    return head + body.slice(0, Math.floor(body.length / 2));
  }),
);

requirement('USR-FAULT-042', 'others are served when 5 clients do not read their answers', OWN, async (context) => {
  const own = await context.openOwn();
  await own.signInMany(UNREAD.users);
  const { host } = new URL(own.target.baseUrl);
  using crowd = await Crowd.open(own.target.baseUrl, 5);
  await crowd.each((connection) => {
    connection.stopReading();
    void connection.send(`GET /users HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(UNREAD.requests));
  });

  const what = { asked: 'an answer to another', meanwhile: '5 clients do not read their answers' };
  await expectAnsweredMeanwhile(what, crowd.thinned, () => serve(own));
});

async function expectServedBeside(
  context: Context,
  meanwhile: string,
  unfinished: (baseUrl: string, token: OAuthToken) => string,
): Promise<void> {
  const own = await context.openOwn();
  const { baseUrl } = own.target;
  const bytes = unfinished(baseUrl, await context.mint.signIn(context.newPerson()));
  using crowd = await Crowd.open(baseUrl, FEW);
  await crowd.each((connection) => connection.send(bytes));

  await expectAnsweredMeanwhile({ asked: 'an answer to another', meanwhile }, crowd.thinned, () => serve(own));
}

/** What another may ask for. */
async function serve(own: OwnPlace): Promise<void> {
  await own.users();
  const { profile } = await own.signIn();
  await own.disconnect(profile.id);
}
