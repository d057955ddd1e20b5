import { expect } from '@jest/globals';
import { profileOf } from '../../support/answers.ts';
import { SIGN_IN } from '../../support/bodies.ts';
import { RawHttp, requestBytes, unanswered } from '../../support/raw-http.ts';
import { requirement } from '../../support/requirement.ts';
import { expectUnchanged } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const JSON_TYPE = 'Content-Type: application/json';
/** How long a request that was smuggled in gets to be carried out, in milliseconds. */
const SMUGGLED_MS = 400;

requirement(
  'USR-ROB-030',
  'each request is answered rightly when one connection carries them all',
  {},
  async (context) => {
    const { baseUrl } = context.session.target;
    const { id } = (await context.signIn()).profile;
    const post = (path: string, body: string, type = JSON_TYPE) =>
      requestBytes(baseUrl, `POST ${path}`, [type, `Content-Length: ${Buffer.byteLength(body)}`], body);
    const steps: readonly (readonly [string, string, RegExp])[] = [
      ['the snapshot', requestBytes(baseUrl, 'GET /users'), /^200$/],
      ['a user', requestBytes(baseUrl, `GET /users/${encodeURIComponent(id)}`), /^200$/],
      ['nobody', requestBytes(baseUrl, 'GET /users/nobody'), /^4\d\d$/],
      ['JSON that is cut off', post(SIGN_IN, '{"access_token":'), /^4\d\d$/],
      [
        'a token that is none',
        post(SIGN_IN, '{"access_token":"a.b.c","token_type":"Bearer","expires_in":1}'),
        /^4\d\d$/,
      ],
      [
        '100 KB for nobody',
        post('/users/nobody/nothing', 'x'.repeat(100_000), 'Content-Type: text/plain'),
        /^(4\d\d|closed)$/,
      ],
      ['a path that is not there', requestBytes(baseUrl, 'GET /nothing'), /^4\d\d$/],
    ];

    let connection = await RawHttp.open(baseUrl);
    for (const [what, bytes, right] of [...steps, ...steps, ...steps]) {
      await connection.send(bytes);
      let outcome = await connection.receive();
      // A server may close a connection after any answer: then the request goes over a new one, and must be answered.
      if (outcome.kind === 'closed') {
        connection[Symbol.dispose]();
        connection = await RawHttp.open(baseUrl);
        await connection.send(bytes);
        outcome = await connection.receive();
      }
      const said = outcome.kind === 'answer' ? `${outcome.status}` : outcome.kind;
      if (!right.test(said)) throw new Unsatisfied(`status ${right.source} for ${what} on a kept connection`, said);
    }
    connection[Symbol.dispose]();
  },
);

requirement(
  'USR-ROB-031',
  'answers come in the order of the requests when these are pipelined',
  {},
  async (context) => {
    const { baseUrl } = context.session.target;
    const ids = (await context.signInMany(4)).map(({ profile }) => profile.id);
    using connection = await RawHttp.open(baseUrl);

    await connection.send(ids.map((id) => requestBytes(baseUrl, `GET /users/${encodeURIComponent(id)}`)).join(''));

    for (const [index, id] of ids.entries()) {
      const outcome = await connection.receive();
      // A server may close after any answer and leave the rest to be asked again.
      if (outcome.kind === 'closed' && index > 0) return;
      if (outcome.kind !== 'answer') throw unanswered(`answer ${index + 1} of ${ids.length}`, outcome);
      expect(profileOf({ status: outcome.status, text: outcome.body.toString() }).id).toBe(id);
    }
  },
);

requirement(
  'USR-ROB-032',
  'nobody is disconnected when the body of a refused request is a request',
  {},
  async (context) => {
    const { baseUrl } = context.session.target;
    const { id } = (await context.signIn()).profile;
    const before = profileOf(await context.client.one(id));
    const smuggled = requestBytes(baseUrl, `POST /users/${encodeURIComponent(id)}/disconnect`, ['Content-Length: 0']);
    const carriers: Readonly<Record<string, readonly string[]>> = {
      'POST /nothing': [],
      'POST /users': [JSON_TYPE],
      'PUT /users': [],
      'OPTIONS /users': [],
      'GET /users': [],
      'GET /users/nobody': [],
      'POST /users/nobody/disconnect': [],
      [`POST ${SIGN_IN}`]: ['Content-Type: text/plain'],
      'POST /users/authenticate/from_token?json': [JSON_TYPE],
      'POST /users/authenticate/from_token?host': ['Host: evil.example'],
      'POST /users/authenticate/from_token?origin': [JSON_TYPE, 'Origin: https://evil.example'],
      'POST /users/%zz/disconnect': [],
    };

    await Promise.all(
      Object.entries(carriers).map(async ([start, lines]) => {
        using connection = await RawHttp.open(baseUrl);
        await connection.send(requestBytes(baseUrl, start, [...lines, `Content-Length: ${smuggled.length}`], smuggled));
        await connection.receive();
        await connection.receive({ withinMs: SMUGGLED_MS });
      }),
    );

    await expectUnchanged(context, before, 'a request in the body of another');
  },
);

requirement('USR-ROB-052', 'the connection is closed when the client asks for it', { needs: [] }, async (context) => {
  const { baseUrl } = context.session.target;
  using connection = await RawHttp.open(baseUrl);

  await connection.send(requestBytes(baseUrl, 'GET /users', ['Connection: close']));
  const answer = await connection.receive();
  if (answer.kind !== 'answer') throw unanswered('an answer to a request that is the last', answer);
  expect(answer.status).toBe(200);
  const end = await connection.receive({ withinMs: 5_000 });

  if (end.kind !== 'closed') throw unanswered('the end of the connection after the last answer', end);
});
