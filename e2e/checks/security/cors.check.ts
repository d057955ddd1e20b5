import type { Answer } from '../../../target/http.ts';
import type { OAuthToken } from '../../../target/mint.ts';
import type { Context } from '../../support/context.ts';
import { expectNoSignIn } from '../../support/refused-routes.ts';
import { requirement } from '../../support/requirement.ts';
import { canary } from '../../support/secrets.ts';
import { expectNoServerError, unlessClosed } from '../../support/tolerance.ts';
import { showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const ORIGINS = ['https://evil.example', 'null'];
const SIGN_IN = '/users/authenticate/from_token';

requirement('USR-SEC-050', 'no answer grants a foreign Origin anything', {}, async (context) => {
  const { id } = (await context.signIn()).profile;
  const path = `/users/${encodeURIComponent(id)}`;
  for (const origin of ORIGINS) {
    const send = (method: string, to: string, body?: string) =>
      unlessClosed(context.client.send(method, to, { headers: { origin, 'content-type': 'application/json' }, body }));
    const answers = [
      await send('GET', '/users'),
      await send('GET', path),
      await send('HEAD', '/users'),
      await send('GET', '/users/nobody'),
      await send('GET', '/nothing'),
      await send('POST', SIGN_IN, '{}'),
      await send('POST', '/users/nobody/disconnect'),
    ];
    for (const answer of answers) expectNoGrant(context, origin, answer);
  }
});

requirement('USR-SEC-051', 'no preflight grants a foreign Origin anything', {}, async (context) => {
  const { id } = (await context.signIn()).profile;
  for (const origin of ORIGINS) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
      'access-control-request-private-network': 'true',
    };
    for (const path of [
      '/users',
      SIGN_IN,
      `/users/${encodeURIComponent(id)}`,
      `/users/${encodeURIComponent(id)}/disconnect`,
    ]) {
      const answer = await unlessClosed(context.client.send('OPTIONS', path, { headers }));
      expectNoServerError(context, `OPTIONS ${path}`, answer, [501]);
      expectNoGrant(context, origin, answer);
    }
  }
});

requirement(
  'USR-SEC-052',
  'nobody is made or changed when a page sends a content type that needs no preflight',
  {},
  async (context) => {
    const post = (type: string, write: (token: OAuthToken) => string) => (origin: string, token: OAuthToken) => {
      const headers = { 'content-type': type, origin };
      return unlessClosed(context.client.send('POST', SIGN_IN, { headers, body: write(token) }));
    };
    const json = (token: OAuthToken) => JSON.stringify(token);
    const types = [
      'text/plain',
      'text/plain;charset=UTF-8',
      'text/plain; application/json',
      'text/plain; type=application/json',
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded; application/json',
      'multipart/form-data; boundary=application/json',
    ];

    const ways = {
      ...Object.fromEntries(types.map((type) => [`JSON sent as ${type}`, post(type, json)])),
      'a form': post('application/x-www-form-urlencoded', (token) => new URLSearchParams(fieldsOf(token)).toString()),
      'a form of text': post('text/plain', (token) => `{"ignored":"=","x":"${JSON.stringify(token).slice(2)}`),
      'a multipart form': post('multipart/form-data; boundary=b', multipart),
    };

    // A browser names the Origin of every POST: without one it is no page that asks, and any type is as good.
    for (const origin of ORIGINS) {
      const pages = Object.entries(ways).map(([what, send]) => [
        `${what}, by a page of the Origin ${origin}`,
        (token: OAuthToken) => send(origin, token),
      ]);
      await expectNoSignIn(context, Object.fromEntries(pages));
    }
  },
);

requirement(
  'USR-SEC-078',
  'the users are in no script when the query names a function',
  { needs: ['tokens'] },
  async (context) => {
    const { id } = (await context.signIn()).profile;
    for (const name of ['callback', 'jsonp', 'cb', 'jsonpcallback', 'format=jsonp&callback']) {
      for (const path of ['/users', `/users/${encodeURIComponent(id)}`]) {
        const called = canary();
        const answer = await unlessClosed(context.client.send('GET', `${path}?${name}=${called}`));
        if (!answer || !new RegExp(`${called}\\s*\\(`).test(answer.text)) continue;
        showLast(context, answer);
        throw new Unsatisfied('JSON, or a refusal', `a script that calls ${called}, to GET ${path}?${name}=${called}`);
      }
    }
  },
);

/** Neither every origin nor this one may read the answer; nor may it reach into the private network. */
function expectNoGrant(context: Context, origin: string, answer: Answer | undefined): void {
  const allowed = answer?.headers['access-control-allow-origin'];
  const network = answer?.headers['access-control-allow-private-network'];
  if (!answer || (allowed !== '*' && allowed !== origin && network !== 'true')) return;
  showLast(context, answer);
  throw new Unsatisfied(
    `no grant to the Origin ${origin}`,
    `Access-Control-Allow-Origin: ${allowed}, Access-Control-Allow-Private-Network: ${network}`,
  );
}

const fieldsOf = (token: OAuthToken): Record<string, string> =>
  Object.fromEntries(Object.entries(token).map(([name, value]) => [name, String(value)]));

const multipart = (token: OAuthToken): string =>
  [
    ...Object.entries(fieldsOf(token)).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    '--b--\r\n',
  ].join('');
