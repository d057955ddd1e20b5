import { randomUUID } from 'node:crypto';
import type { Answer } from '../../../target/http.ts';
import { requirement } from '../../support/requirement.ts';
import { canary } from '../../support/secrets.ts';
import { unlessClosed } from '../../support/tolerance.ts';
import { showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const SIGN_IN = '/users/authenticate/from_token';

/** What no error may show, each with its name. Nothing that we send looks like one of them. */
const INSIDE: Readonly<Record<string, RegExp>> = {
  'a stack trace of JavaScript': /^\s*at .+[(:]\d+:\d+\)?/m,
  'a stack trace of Python': /Traceback \(most recent call last\)|File "[^"]+", line \d+/,
  'a stack trace of Go': /goroutine \d+ \[|\bpanic: /,
  'a stack trace of Java': /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)|Exception in thread/,
  'a stack trace of Rust': /thread '.*' panicked at/,
  'a line of source': /\b[\w-]+\.(?:m?[jt]s|py|go|rb|rs|php|cs|java|dart|ex):\d+\b/,
  'a database statement': /\b(?:SELECT\b.+\bFROM|INSERT INTO|UPDATE\b.+\bSET|DELETE FROM)\b/,
  'a database error': /SQLITE_[A-Z]+|SQLSTATE|ORA-\d{5}|near "[^"]*": syntax error|UNIQUE constraint failed/,
  'a path of the server':
    /(?:^|[\s"'(=:>])\/(?:home|Users|root|usr|var|tmp|opt|srv|app|etc|private|proc)\/[\w.@-]+|\b[A-Z]:\\+\w+|node_modules|site-packages/m,
};

requirement('USR-SEC-034', 'no error shows the inside of the server', { needs: [] }, async (context) => {
  const { client } = context;
  const post = (body: string, type = 'application/json') =>
    client.send('POST', SIGN_IN, { headers: { 'content-type': type }, body });
  const token = (access_token: unknown) => JSON.stringify({ access_token, token_type: 'Bearer', expires_in: 3600 });

  const answers = [
    post('{"access_token":'),
    post(''),
    post('[]'),
    post('null'),
    post('{}'),
    post(token(7)),
    post(token({})),
    post(token('a.b.c')),
    post(token(`${Buffer.from('{"alg":"RS256","kid":"\'"}').toString('base64url')}.e30.AAAA`)),
    post('\xff\xfe'),
    post('x', 'text/plain'),
    post('x', '/;=,'),
    post('['.repeat(50_000)),
    client.one(randomUUID()),
    client.one("'"),
    client.one('a'.repeat(4000)),
    client.disconnect(randomUUID()),
    client.disconnect('"'),
    ...['/users/%', '/users/%ff', '/users/%00', '/nothing', '/users/a/b/c'].map((path) => client.send('GET', path)),
    client.send('DELETE', '/users'),
    client.send('PUT', SIGN_IN),
  ].map(unlessClosed);

  for (const answer of await Promise.all(answers)) {
    const shown = answer && Object.entries(INSIDE).find(([, pattern]) => pattern.test(everythingIn(answer)));
    if (!answer || !shown) continue;
    showLast(context, answer);
    throw new Unsatisfied(`an error without ${shown[0]}`, `status ${answer.status}: ${answer.text.slice(0, 300)}`);
  }
});

requirement('USR-SEC-035', 'no error sends markup back when the request held some', { needs: [] }, async (context) => {
  const { client } = context;
  const markup = `<script>${canary()}</script>`;
  const encoded = encodeURIComponent(markup);

  const answers = [
    client.send('GET', `/users/${encoded}`),
    client.send('GET', `/users/${markup}`),
    client.send('GET', `/${encoded}`),
    client.send('GET', `/nothing?${markup}`),
    client.send('POST', `/users/${encoded}/disconnect`),
    client.send('POST', SIGN_IN, { headers: { 'content-type': 'application/json' }, body: markup }),
    client.send('POST', SIGN_IN, { headers: { 'content-type': `text/${markup}` }, body: markup }),
    client.send('GET', '/users/nobody', { headers: { referer: markup, origin: markup, 'user-agent': markup } }),
  ].map(unlessClosed);

  for (const answer of await Promise.all(answers)) {
    if (!answer?.text.includes(markup) || !/html|xml/i.test(answer.headers['content-type'] ?? 'html')) continue;
    showLast(context, answer);
    throw new Unsatisfied('no markup of the request in the answer', answer.text.slice(0, 300));
  }
});

requirement('USR-SEC-074', 'no error tells of another user', { needs: ['tokens'] }, async (context) => {
  const { client } = context;
  const { person, profile } = await context.signIn();

  const answers = [
    client.one(randomUUID()),
    client.one(profile.id.slice(0, 8)),
    client.disconnect(randomUUID()),
    client.send('GET', '/users/a/b/c'),
    client.send('DELETE', '/users'),
    client.authenticate({ access_token: 'a.b.c', token_type: 'Bearer', expires_in: 3600 }),
    client.send('POST', SIGN_IN, { headers: { 'content-type': 'application/json' }, body: '{' }),
  ].map(unlessClosed);

  for (const answer of await Promise.all(answers)) {
    if (!answer || answer.status < 400) continue;
    const said = everythingIn(answer);
    const told = Object.entries({ id: profile.id, ...person }).find(([, value]) => said.includes(value));
    if (!told) continue;
    showLast(context, answer);
    throw new Unsatisfied(
      `an error without the ${told[0]} of somebody else`,
      `status ${answer.status}: ${said.slice(0, 300)}`,
    );
  }
});

const everythingIn = ({ headers, text }: Answer): string => `${JSON.stringify(headers)}\n${text}`;
