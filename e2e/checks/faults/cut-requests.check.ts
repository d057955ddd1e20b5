import type { Context } from '../../support/context.ts';
import { RawConnection } from '../../support/faults/raw-connection.ts';
import { type RequestBytes, signInBytes } from '../../support/faults/sign-in-bytes.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

requirement('USR-FAULT-027', 'nobody is made when the body is cut off and the client goes', {}, async (context) => {
  for (const share of [0, 0.5, 0.99]) {
    await expectNobody(context, 'end', (url, token) => {
      const { head, body } = signInBytes(url, token);
      return { head, body: body.slice(0, Math.floor(share * body.length)) };
    });
  }
});

requirement('USR-FAULT-027', 'nobody is made when the connection is reset mid-way', {}, (context) =>
  expectNobody(context, 'reset', (url, token) => {
    const { head, body } = signInBytes(url, token);
    return { head, body: body.slice(0, Math.floor(body.length / 2)) };
  }),
);

/** Sends what `cut` leaves of a sign-in, goes in this way, and looks for the user once another has signed in after it. */
async function expectNobody(
  context: Context,
  how: 'end' | 'reset',
  cut: (baseUrl: string, token: object) => RequestBytes,
): Promise<void> {
  const { baseUrl } = context.session.target;
  const person = context.newPerson();
  const { head, body } = cut(baseUrl, await context.mint.signIn(person));
  using connection = await RawConnection.open(baseUrl);
  if (!connection) throw new Unsatisfied('a connection to the server', 'it was refused (ECONNREFUSED)');

  await connection.send(head);
  await connection.send(body);
  if (how === 'reset') connection.reset();
  else connection.end();
  await context.signIn();

  const [user] = await context.usersLike(person);
  if (!user) return;
  context.remember(user.id);
  throw new Unsatisfied('no user made by a sign-in that was cut off', JSON.stringify(user).slice(0, 300));
}
