import { expect } from '@jest/globals';
import { profileOf } from '../../support/answers.ts';
import { SIGN_IN } from '../../support/bodies.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import { malformedRequests } from '../../support/malformed.ts';
import { RawHttp, type RawOutcome, requestBytes, unanswered } from '../../support/raw-http.ts';
import { ask, expectNoneOf, PATIENCE_MS } from '../../support/raw-sign-in.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoServerError } from '../../support/tolerance.ts';
import { expectNoTrace, expectUnchanged } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const SERVER_ERROR = /^(500|50[2-46-9])$/;
/**
 * Whatever has not this line, or names no host, is sent by no client, and may be answered in any way: 500, without a status line
 * (HTTP/0.9, and Tomcat where the line is too long for it), in frames (HTTP/2). Source of the length: RFC 9112, section 3.
 */
const REQUEST_LINE = /^[A-Z]+ \/[!-~]{0,8000} HTTP\/1\.1\r?\n/;
const HOST = /^Host: [\w.:[\]-]+\r?$/m;
/** Until the answer to a whole request, in milliseconds. */
const WHOLE_MS = 20_000;

requirement(
  'USR-ROB-025',
  'nothing breaks when a request has very many or very long headers',
  { needs: [] },
  async (context) => {
    const { baseUrl } = context.session.target;
    const lines = (count: number, length: number) =>
      Array.from({ length: count }, (_, index) => `x-${index}: ${'v'.repeat(length)}`);
    const floods = {
      '600 headers': lines(600, 5),
      '1,000 headers': lines(1000, 10),
      '2,000 headers': lines(2000, 10),
      '20,000 headers': lines(20_000, 10),
      '2,000 headers of one name': Array.from({ length: 2000 }, () => 'accept: application/json'),
      'a header of 64 KB': lines(1, 65_536),
      'a header of 1 MB': lines(1, 1_000_000),
      'a cookie of 10,000 parts': [`cookie: ${'a=b; '.repeat(10_000)}`],
      'a header name of 32 KB': [`${'n'.repeat(32_768)}: v`],
    };

    const outcomes = await askAll(
      baseUrl,
      Object.fromEntries(
        Object.entries(floods).map(([what, flood]) => [what, requestBytes(baseUrl, 'GET /users', flood)]),
      ),
      WHOLE_MS,
    );

    for (const [what, outcome] of outcomes) {
      expectNoneOf(context, what, outcome, SERVER_ERROR);
      if (outcome.kind === 'silent') throw unanswered(`an answer to ${what}, or a closed connection`, outcome);
    }
    await expectServing(context);
  },
);

requirement('USR-ROB-026', 'nothing breaks when what comes is no HTTP', { needs: [] }, async (context) => {
  const { baseUrl } = context.session.target;
  const requests = malformedRequests(baseUrl);

  const outcomes = await askAll(baseUrl, requests);

  for (const [what, outcome] of outcomes) {
    const text = requests[what]!.toString('latin1');
    if (REQUEST_LINE.test(text) && HOST.test(text)) expectNoneOf(context, what, outcome, SERVER_ERROR);
  }
  await expectServing(context);
});

requirement(
  'USR-ROB-027',
  'a request is refused when it lacks Host or has a space before its colon',
  { needs: [] },
  async (context) => {
    const { baseUrl } = context.session.target;
    const { host } = new URL(baseUrl);

    const outcomes = await askAll(
      baseUrl,
      {
        'a request without Host': 'GET /users HTTP/1.1\r\nAccept: */*\r\n\r\n',
        'a Host with a space before the colon': `GET /users HTTP/1.1\r\nHost : ${host}\r\n\r\n`,
      },
      WHOLE_MS,
    );

    for (const [what, outcome] of outcomes) expectNoneOf(context, what, outcome, /^[235]\d\d$/);
  },
);

requirement(
  'USR-ROB-034',
  'a foreign host is refused in one order at least when a request names ours too',
  { needs: [] },
  async (context) => {
    const { baseUrl } = context.session.target;
    const { host } = new URL(baseUrl);
    const twice = (first: string, second: string) =>
      requestBytes(baseUrl, 'GET /users', [`Host: ${first}`, `Host: ${second}`]);

    const outcomes = await askAll(
      baseUrl,
      {
        'our host twice': twice(host, host),
        'ours and a foreign one': twice(host, 'x.example'),
        'a foreign one and ours': twice('x.example', host),
      },
      WHOLE_MS,
    );

    for (const [what, outcome] of outcomes) expectNoneOf(context, what, outcome, SERVER_ERROR);
    const [, ...mixed] = outcomes;
    if (mixed.every(([, outcome]) => isServed(outcome))) {
      for (const [what, outcome] of mixed) expectNoneOf(context, what, outcome, /^[23]\d\d$/);
    }
  },
);

// Servers that read just the first of two, or just the last, hold it against their own host all the same.
const isServed = (outcome: RawOutcome): boolean =>
  outcome.kind === 'answer' && /^[23]\d\d$/.test(String(outcome.status));

requirement(
  'USR-ROB-028',
  'nothing changes by HEAD, OPTIONS, TRACE and methods that nobody knows',
  {},
  async (context) => {
    const { id } = (await context.signIn()).profile;
    const before = profileOf(await context.client.one(id));
    const person = context.newPerson();
    const token = JSON.stringify(await context.mint.signIn(person));
    const user = `/users/${encodeURIComponent(id)}`;

    const { baseUrl } = context.session.target;

    const requests = ['HEAD', 'OPTIONS', 'TRACE', 'BREW'].flatMap((method) =>
      ['/users', user, `${user}/disconnect`, SIGN_IN, '/nothing'].map((path) => ({ method, path })),
    );
    const outcomes = await Promise.all(
      requests.map(async ({ method, path }) => {
        const body = path === SIGN_IN && !['HEAD', 'TRACE'].includes(method) ? token : '';
        const lines = ['Content-Type: application/json', `Content-Length: ${body.length}`];
        const bytes = requestBytes(baseUrl, `${method} ${path}`, lines, body);
        return {
          what: `${method} ${path}`,
          outcome: await ask(baseUrl, bytes, { withinMs: WHOLE_MS, toHead: method === 'HEAD' }),
        };
      }),
    );

    await expectUnchanged(context, before, 'methods that change nothing');
    await expectNoTrace(context, [{ what: 'a method that changes nothing', person }]);
    for (const { what, outcome } of outcomes) expectNoneOf(context, what, outcome, SERVER_ERROR);
  },
);

requirement('USR-ROB-029', 'an answer has no content when the request was HEAD', {}, async (context) => {
  const { baseUrl } = context.session.target;
  const { id } = (await context.signIn()).profile;
  for (const path of ['/users', `/users/${encodeURIComponent(id)}`, '/users/nobody', '/nothing']) {
    using connection = await RawHttp.open(baseUrl);
    await connection.send(requestBytes(baseUrl, `HEAD ${path}`));
    const head = await connection.receive({ toHead: true });
    if (head.kind !== 'answer') throw unanswered(`an answer to HEAD ${path}`, head);
    // Content would stand where the next answer must.
    await connection.send(requestBytes(baseUrl, 'GET /users'));
    const next = await connection.receive();
    if (next.kind === 'garbage') throw new Unsatisfied(`no content after HEAD ${path}`, next.why);
    if (next.kind === 'answer') expect(next.status).toBe(200);
  }
});

requirement(
  'USR-ROB-049',
  'an answer has no content when nothing was modified',
  { needs: ['claims', 'fresh'] },
  async (context) => {
    const own = await context.openOwn(); // elsewhere others modify the snapshot
    const { id } = (await own.signIn()).profile;
    let seen = 0;
    for (const path of ['/users', `/users/${encodeURIComponent(id)}`]) {
      const { etag } = (await own.client.send('GET', path)).headers;
      if (!etag) continue;
      using connection = await RawHttp.open(own.target.baseUrl);
      await connection.send(requestBytes(own.target.baseUrl, `GET ${path}`, [`If-None-Match: ${etag}`]));
      const first = await connection.receive({ toHead: true });
      if (first.kind !== 'answer') throw unanswered(`an answer to GET ${path}`, first);
      if (first.status !== 304) continue;
      seen += 1;
      await connection.send(requestBytes(own.target.baseUrl, 'GET /users'));
      const next = await connection.receive();
      if (next.kind === 'garbage') throw new Unsatisfied(`no content after a 304 to GET ${path}`, next.why);
      if (next.kind === 'answer') expect(next.status).toBe(200);
    }
    if (seen === 0) throw new NotOffered('the target never says that something was not modified');
  },
);

/** Sends each on a connection of its own, all at once. */
const askAll = (
  baseUrl: string,
  requests: Readonly<Record<string, string | Buffer>>,
  withinMs = PATIENCE_MS,
): Promise<[string, RawOutcome][]> =>
  Promise.all(
    Object.entries(requests).map(
      async ([what, bytes]) => [what, await ask(baseUrl, bytes, { withinMs })] as [string, RawOutcome],
    ),
  );

async function expectServing(context: Context): Promise<void> {
  const answer = await context.client.snapshot();
  expectNoServerError(context, 'all of it', answer);
  expect(answer.status).toBe(200);
}
