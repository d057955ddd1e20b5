import type { OAuthToken } from '../../../target/mint.ts';
import { profileOf } from '../../support/answers.ts';
import { expectBodiesRefused, expectRefusedOrUnderstood, postBody, type Write } from '../../support/bodies.ts';
import { expectFramingRefused } from '../../support/raw-sign-in.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoServerError } from '../../support/tolerance.ts';
import { tracesOf } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const json = (token: object): string => JSON.stringify(token);
const LONG = 100_000;

requirement('USR-ROB-002', 'sign-in is refused when the JSON is no object', {}, (context) =>
  expectBodiesRefused(context, {
    null: () => 'null',
    true: () => 'true',
    'a number': () => '7',
    'a string': () => '"x"',
    'an empty array': () => '[]',
    'a token in an array': (token) => json([token]),
    'a token in a string': (token) => json(json(token) as unknown as object),
    'a token in an object': (token) => json({ token }),
    'an object without members': () => '{}',
  }),
);

requirement('USR-ROB-003', 'sign-in is refused wherever the JSON is cut off', {}, (context) => {
  const cuts = Array.from({ length: 16 }, (_, index): [string, Write] => [
    `a body cut off after ${index + 1}/17`,
    (token) => json(token).slice(0, (json(token).length * (index + 1)) / 17),
  ]);
  return expectBodiesRefused(context, {
    ...Object.fromEntries(cuts),
    'a body of one brace': () => '{',
    'a body without its last brace': (token) => json(token).slice(0, -1),
    'a body that ends within an escape': (token) => `${json(token).slice(0, -1)},"x":"\\u00`,
  });
});

requirement('USR-ROB-004', 'nothing breaks when the JSON is nested very deeply', {}, (context) => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const beside =
    (value: string): Write =>
    (token) =>
      `{"x":${value},${json(token).slice(1)}`;
  return expectRefusedOrUnderstood(context, {
    '100,000 open brackets': () => '['.repeat(LONG),
    '50,000 arrays in each other': () => nested(LONG / 2),
    '20,000 objects in each other': () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    'a token beside 500 arrays in each other': beside(nested(500)),
    'a token beside 50,000 arrays in each other': beside(nested(LONG / 2)),
    'a token beside 15,000 objects in each other': beside(`${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`),
    'an access token that is 50,000 arrays in each other': () => `{"access_token":${nested(LONG / 2)}}`,
  });
});

requirement('USR-ROB-005', 'nothing breaks when the JSON is very wide', {}, (context) => {
  const beside =
    (members: string): Write =>
    (token) =>
      `{${members},${json(token).slice(1)}`;
  const many = (name: (index: number) => string) =>
    Array.from({ length: 4000 }, (_, index) => `"${name(index)}":1`).join();
  return expectRefusedOrUnderstood(context, {
    'a token beside 4,000 members': beside(many((index) => `member${index}`)),
    'a token beside 4,000 members of one name': beside(many(() => 'member')),
    'a token beside a name of 100,000 characters': beside(`"${'n'.repeat(LONG)}":1`),
    'a token beside a value of 100,000 characters': beside(`"x":"${'v'.repeat(LONG)}"`),
    'a token beside 50,000 escapes': beside(`"x":"${'\\n'.repeat(LONG / 2)}"`),
    'a token beside a number of 50,000 digits': beside(`"x":${'9'.repeat(LONG / 2)}`),
    'a token beside a number beyond all floats': beside('"x":1e999999'),
    'an expires_in of 50,000 digits': (token) =>
      json(token).replace(/"expires_in":\d+/, `"expires_in":${'9'.repeat(LONG / 2)}`),
    'white space of 50,000 characters': (token) => `${' '.repeat(LONG / 2)}${json(token)}`,
  });
});

requirement('USR-ROB-006', 'sign-in is refused when the body has many megabytes', {}, async (context) => {
  const padded = (body: string) => `{"x":"${'x'.repeat(16_000_000)}",${body.slice(1)}`;
  const inChunks = (body: string) => ({
    lines: ['Transfer-Encoding: chunked'],
    body: `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  });
  await expectBodiesRefused(context, { '16 MB': (token) => padded(json(token)) });
  await expectFramingRefused(context, {
    '16 MB in a chunk, the length not announced': (body) => inChunks(padded(body)),
  });
});

requirement('USR-ROB-010', 'no more than one user is made when a member comes twice', {}, async (context) => {
  const [ada, bob] = [context.newPerson(), context.newPerson()];
  const [first, last] = [await context.mint.signIn(ada), await context.mint.signIn(bob)];
  const headers = { 'content-type': 'application/json' };
  const twice = `${json(first).slice(0, -1)},${json(last).slice(1)}`;

  const answer = await context.client.send('POST', '/users/authenticate/from_token', { headers, body: twice });
  const made = (await tracesOf(context, [ada, bob])).filter((user) => user !== undefined);
  for (const odd of ['7', 'null', '""', '{}', '[]']) {
    const token = json(await context.mint.signIn(context.newPerson()));
    for (const body of [`{"access_token":${odd},${token.slice(1)}`, `${token.slice(0, -1)},"access_token":${odd}}`]) {
      expectNoServerError(context, `access_token twice, once ${odd}`, await postBody(context, body));
    }
  }

  expectNoServerError(context, 'every member twice', answer);
  if (made.length > 1) throw new Unsatisfied('one user at most', 'both are in the snapshot');
  const [user] = made;
  if (user && profileOf(answer).id !== user.id) throw new Unsatisfied(`the answer to show ${user.id}`, answer.text);
});

requirement('USR-ROB-011', 'nobody is made by what follows the JSON', {}, async (context) => {
  const after: Readonly<Record<string, (second: OAuthToken) => string>> = {
    'another token': json,
    'a line break and another token': (second) => `\n${json(second)}`,
    'a comma and another token': (second) => `,${json(second)}`,
    'NUL and another token': (second) => `\0${json(second)}`,
    'a brace': () => '}',
    'a word': () => 'x',
    'a comment': () => '//',
  };
  const others = [];
  for (const [what, follow] of Object.entries(after)) {
    const person = context.newPerson();
    const [first, second] = [await context.mint.signIn(context.newPerson()), await context.mint.signIn(person)];
    const answer = await postBody(context, `${json(first)}${follow(second)}`);
    expectNoServerError(context, `${what} after the JSON`, answer);
    others.push({ what, person });
  }

  const traces = await tracesOf(
    context,
    others.map(({ person }) => person),
  );
  const found = traces.findIndex((user) => user !== undefined);
  if (found >= 0) throw new Unsatisfied(`nobody signed in by ${others[found]?.what} after the JSON`, 'a user was made');
});
