import type { Answer } from '../../../target/http.ts';
import { profileOf } from '../../support/answers.ts';
import { requirement } from '../../support/requirement.ts';
import { canary } from '../../support/secrets.ts';
import { expectNoServerError, unlessClosed } from '../../support/tolerance.ts';
import { expectRefusal, showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** As they go over the wire. What a server normalises to another path of its own is its right: only files and users are looked for. */
const DOT_SEGMENTS = [
  '/users/..',
  '/users/../..',
  '/users/%2e%2e',
  '/users/%2e%2e/%2e%2e',
  '/users/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
  '/users/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/users/%252e%252e%252f%252e%252e%252fetc%252fpasswd',
  '/users/..%5c..%5c..%5c..%5cetc%5cpasswd',
  '/users/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd',
  '/users/....//....//....//etc/passwd',
  '/users/..;/..;/..;/etc/passwd',
  '/users/..%00/..%00/etc/passwd',
  '/users/%2fetc%2fpasswd',
  '/../../../../../../../../etc/passwd',
  '/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '//etc/passwd',
  '/etc/passwd',
  '/../package.json',
  '/package.json',
  '/.env',
  '/users/.',
  '/users/%2e',
];
const FILE = /^root:[^\n]*:0:0:|"(?:dev)?[dD]ependencies"\s*:|^[A-Z_]+=\S/m;

requirement('USR-SEC-060', 'no file and no user is found when the path has dot segments', {}, async (context) => {
  const { id } = (await context.signIn()).profile;
  const behind = [`/users/nobody/../${id}x`, `/users/%2e%2e%2f${id}`];

  for (const path of [...DOT_SEGMENTS, ...behind]) {
    const answer = await unlessClosed(context.client.send('GET', path));
    expectNoServerError(context, `GET ${path}`, answer);
    if (!answer || (!FILE.test(answer.text) && !isOneProfile(answer.text))) continue;
    showLast(context, answer);
    throw new Unsatisfied(
      `neither a file nor a user at ${path}`,
      `status ${answer.status}: ${answer.text.slice(0, 300)}`,
    );
  }
});

requirement('USR-SEC-065', 'the server goes on when an id has 200 characters or 8 KB', {}, async (context) => {
  const { id } = (await context.signIn()).profile;
  const ids = [
    'a'.repeat(200),
    id + 'a'.repeat(200),
    'a'.repeat(8192),
    id + 'a'.repeat(8192),
    '%41'.repeat(2730),
    '../'.repeat(2730),
    '9'.repeat(8192),
  ];

  for (const long of ids) {
    const [get, post] = [
      await unlessClosed(context.client.send('GET', `/users/${long}`)),
      await unlessClosed(context.client.send('POST', `/users/${long}/disconnect`)),
    ];
    expectNoServerError(context, `POST with an id of ${long.length} characters`, post);
    // Dot segments may rightly be taken out, and lead to another path.
    if (get && !long.includes('/')) expectRefusal(context, `an id of ${long.length} characters`, get);
  }
  expectUserStill(await context.client.one(id), id);
});

const expectUserStill = (answer: Answer, id: string): void => {
  if (profileOf(answer).id !== id)
    throw new Unsatisfied(`the user ${id} still there`, `the user ${profileOf(answer).id}`);
};

const BROKEN = ['%', '%z', '%zz', 'a%', '%e', '%ff', '%c3%28', '%c0%af', '%ed%a0%80', '%f5%80%80%80', '%80'];

requirement('USR-SEC-066', 'a path is refused when its percent-encoding is broken', { needs: [] }, async (context) => {
  for (const id of BROKEN) {
    expectRefusal(context, `GET /users/${id}`, await context.client.send('GET', `/users/${id}`));
    const answer = await unlessClosed(context.client.send('POST', `/users/${id}/disconnect`));
    expectNoServerError(context, `POST /users/${id}/disconnect`, answer);
  }
});

const MEMBERS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'size',
  'length',
  '__class__',
  '__init__',
  '__dict__',
];

requirement(
  'USR-SEC-067',
  'an id is refused when it is the name of a member of every object',
  { needs: [] },
  async (context) => {
    for (const id of MEMBERS) {
      expectRefusal(context, `the id ${id}`, await context.client.one(id));
      expectNoServerError(context, `disconnecting ${id}`, await context.client.disconnect(id));
    }
  },
);

requirement('USR-SEC-070', 'no header is added when a path holds line breaks', { needs: [] }, async (context) => {
  const value = canary();
  const breaks = ['%0d%0a', '%0a', '%0d', '%E5%98%8D%E5%98%8A', '%c4%8d%c4%8a'];
  const paths = breaks.flatMap((lineBreak) => [
    `/users/x${lineBreak}X-Canary:%20${value}`,
    `/users?x=${lineBreak}X-Canary:%20${value}`,
    `//x${lineBreak}X-Canary:%20${value}`,
  ]);

  for (const path of paths) {
    const answer = await unlessClosed(context.client.send('GET', path));
    if (answer?.headers['x-canary'] === undefined) continue;
    showLast(context, answer);
    throw new Unsatisfied('no header out of the path', `X-Canary: ${answer.headers['x-canary']} after GET ${path}`);
  }
});

function isOneProfile(text: string): boolean {
  try {
    const body = JSON.parse(text);
    return typeof body?.id === 'string' && typeof body?.aesthetics === 'object';
  } catch {
    return false;
  }
}
