import { expect } from '@jest/globals';
import type { Answer, Client } from '../../../target/http.ts';
import { profileOf, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { loopbackPort } from '../../support/loopback.ts';
import { RawHttp, requestBytes } from '../../support/raw-http.ts';
import { expectNoDisconnect, expectNoSignIn } from '../../support/refused-routes.ts';
import { requirement } from '../../support/requirement.ts';
import { unlessClosed } from '../../support/tolerance.ts';
import { expectRefusal, showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

type Headers = Readonly<Record<string, string>>;

const FOREIGN: Readonly<Record<string, Headers>> = Object.fromEntries(
  ['evil.example', 'evil.example:80', '203.0.113.7', '[2001:db8::7]:8080'].map((host) => [
    `the Host ${host}`,
    { host },
  ]),
);

requirement('USR-SEC-040', 'everything is served when Host is a name of this machine', {}, async (context) => {
  const port = loopbackPort(context);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) {
    const signedIn = await context.client.authenticate(await context.mint.signIn(context.newPerson()), { host });
    const { id } = profileOf(signedIn);

    const ids = usersOf(await context.client.snapshot({ host })).map((user) => user.id);
    const one = await context.client.send('GET', `/users/${encodeURIComponent(id)}`, { headers: { host } });
    const left = usersOf(await disconnect(context.client, id, { host })).map((user) => user.id);

    expect(ids).toContain(id);
    expect(profileOf(one).id).toBe(id);
    expect(left).not.toContain(id);
  }
});

requirement('USR-SEC-041', 'no user is shown when Host is foreign', {}, (context) => {
  loopbackPort(context);
  return expectNothingShown(context, FOREIGN);
});

requirement(
  'USR-SEC-041',
  'no user is shown when only a later request on a connection names a foreign Host',
  {},
  async (context) => {
    loopbackPort(context);
    const { baseUrl } = context.session.target;
    const { person } = await context.signIn();
    using connection = await RawHttp.open(baseUrl);
    await connection.send(requestBytes(baseUrl, 'GET /users'));
    await connection.receive();

    await connection.send(requestBytes(baseUrl, 'GET /users', ['Host: evil.example']));
    const later = await connection.receive(); // or it is closed, where each connection is for one request

    const isServed = later.kind === 'answer' && (later.status < 400 || later.body.includes(person.nickname));
    if (!isServed) return;
    showLast(context, later);
    throw new Unsatisfied('a refusal of a foreign Host on a connection that was used before', `status ${later.status}`);
  },
);

requirement('USR-SEC-042', 'nobody is made or changed when Host is foreign', {}, (context) => {
  loopbackPort(context);
  return expectNobodySignedIn(context, FOREIGN);
});

requirement('USR-SEC-043', 'nobody is disconnected when Host is foreign', {}, (context) => {
  loopbackPort(context);
  return expectNobodyDisconnected(context, FOREIGN);
});

requirement('USR-SEC-044', 'everything is refused when Host only resembles a name of ours', {}, async (context) => {
  const port = loopbackPort(context);
  // Names that a page can have: no browser sends what is no host (a letter in the port, a user before an @).
  const lookalikes = [
    `localhost.evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `evil-localhost.example:${port}`,
    `notlocalhost:${port}`,
    `evil.example:${port}`,
    `127.0.0.10.evil.example`,
  ];
  const forwarded = { 'x-forwarded-host': `localhost:${port}`, forwarded: `host="localhost:${port}"` };
  const headers = {
    ...Object.fromEntries(lookalikes.map((host) => [`the Host ${host}`, { host }])),
    'a foreign Host with ours forwarded': { host: 'evil.example', ...forwarded },
  };

  await expectNothingShown(context, headers);
  await expectNobodySignedIn(context, headers);
  await expectNobodyDisconnected(context, headers);
});

async function expectNothingShown(context: Context, foreign: Readonly<Record<string, Headers>>): Promise<void> {
  const { person, profile } = await context.signIn();
  for (const [what, headers] of Object.entries(foreign)) {
    const path = `/users/${encodeURIComponent(profile.id)}`;
    const answers = [await context.client.snapshot(headers), await context.client.send('GET', path, { headers })];
    for (const answer of answers) {
      expectRefusal(context, what, answer);
      if (!answer.text.includes(person.nickname)) continue;
      showLast(context, answer);
      throw new Unsatisfied(`no user shown to ${what}`, answer.text.slice(0, 300));
    }
  }
}

async function expectNobodySignedIn(context: Context, foreign: Readonly<Record<string, Headers>>): Promise<void> {
  const ways = mapValues(
    foreign,
    (headers) => (token: object) => unlessClosed(context.client.authenticate(token, headers)),
  );
  for (const { what, answer } of await expectNoSignIn(context, ways)) if (answer) expectRefusal(context, what, answer);
}

async function expectNobodyDisconnected(context: Context, foreign: Readonly<Record<string, Headers>>): Promise<void> {
  const ways = mapValues(foreign, (headers) => (id: string) => unlessClosed(disconnect(context.client, id, headers)));
  for (const { what, answer } of await expectNoDisconnect(context, ways)) {
    if (answer) expectRefusal(context, what, answer);
  }
}

const disconnect = (client: Client, id: string, headers: Headers): Promise<Answer> =>
  client.send('POST', `/users/${encodeURIComponent(id)}/disconnect`, { headers });

const mapValues = <In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
