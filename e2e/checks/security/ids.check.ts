import type { Answer } from '../../../target/http.ts';
import { profileOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoServerError, unlessClosed } from '../../support/tolerance.ts';
import { expectRefusal, expectUnchanged, showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/**
 * What resembles the id of a user, as it goes over the wire. Other spellings of the same UUID are a provider's choice, and so is
 * white space around it, which Spring and .NET cut off (and NUL, to Java).
 */
const resembling = (id: string, other: string): string[] => [
  id.slice(0, 1),
  id.slice(0, 8),
  id.slice(0, -1),
  id.replace(/^0*[^0]/, ''), // without its zeros alone it is the same number, as Java reads a UUID
  `${id}0`,
  `${id}x`,
  `${id}-x`,
  `${id}${other}`,
  `${id},${other}`,
  `${id}|${other}`,
  `${id}%00x`,
  `${id}%0ax`,
  `${id}'`,
  `${id}'%20OR%20'1'='1`,
  `${id}%20OR%201=1`,
  `${id}*`,
  `${id}%25`,
  `${id.slice(0, 8)}*`,
  `${id.slice(0, 8)}%25`,
  `${id.slice(0, -1)}_`,
  `${id.slice(0, -1)}.`,
  `${id.slice(0, -1)}%3F`,
  `^${id}`,
];

/**
 * What a database, a file system, a shell or a template may take for more than an id. No question marks: h3 begins a query where it reads
 * one, encoded or not, and answers with the list.
 */
const INJECTIONS = [
  "'",
  '"',
  '`',
  "' OR '1'='1",
  "' OR 1=1 --",
  '" OR ""="',
  "'; DROP TABLE users; --",
  "' UNION SELECT * FROM users --",
  '*',
  '**',
  '%',
  '%%',
  '_',
  '_'.repeat(36),
  '.*',
  '[a-z0-9-]*',
  '^',
  '$',
  '(a+)+$',
  '{"$ne":null}',
  '[$ne]',
  '$where',
  '{{7*7}}',
  '$' + '{7*7}',
  '$(id)',
  '|id',
  '\\',
  '\0',
  '\n',
  '\t',
  '\u2028',
  '\ufeff',
  '0',
  '-1',
  '1e9',
  'NaN',
  'null',
  'undefined',
  'true',
  'all',
  '[]',
  '{}',
].map(encodeURIComponent);

requirement('USR-SEC-061', 'a user is not found when only a part of the id is right', {}, async (context) => {
  const [ada, bob] = [await context.signIn(), await context.signIn()];
  for (const id of resembling(ada.profile.id, bob.profile.id)) {
    expectRefusal(context, `the id ${id}`, await context.client.send('GET', `/users/${id}`));
  }
});

requirement('USR-SEC-062', 'nobody is disconnected when only a part of the id is right', {}, async (context) => {
  const [ada, bob] = [await context.signIn(), await context.signIn()];
  await expectNobodyGone(context, resembling(ada.profile.id, bob.profile.id), [ada.profile.id, bob.profile.id]);
});

requirement('USR-SEC-063', 'an id is refused when it is syntax of something else', {}, async (context) => {
  await context.signIn();
  for (const id of INJECTIONS) {
    expectRefusal(context, `the id ${id}`, await context.client.send('GET', `/users/${id}`));
  }
});

requirement('USR-SEC-064', 'nobody is disconnected when the id is syntax of something else', {}, async (context) => {
  const { id } = (await context.signIn()).profile;
  await expectNobodyGone(context, INJECTIONS, [id]);
});

requirement('USR-SEC-072', 'nobody is found or disconnected by what somebody is called', {}, async (context) => {
  const { person, profile } = await context.signIn();
  const names = [person.email, person.subject, person.nickname].map(encodeURIComponent);
  for (const name of names) {
    expectRefusal(context, `the id ${name}`, await context.client.send('GET', `/users/${name}`));
  }
  await expectNobodyGone(context, names, [profile.id]);
});

interface Tried {
  readonly what: string;
  readonly answer: Answer | undefined;
}

async function expectNobodyGone(context: Context, tried: readonly string[], ids: readonly string[]): Promise<void> {
  const before = await Promise.all(ids.map(async (id) => profileOf(await context.client.one(id))));
  const answers: Tried[] = [];
  for (const id of tried) {
    const what = `disconnecting ${id}`;
    answers.push({ what, answer: await unlessClosed(context.client.send('POST', `/users/${id}/disconnect`)) });
  }

  await expectNamed(context, ids, answers);
  for (const profile of before) {
    await expectUnchanged(context, profile, `disconnecting any of ${tried.length} other ids`);
  }
  for (const { what, answer } of answers) expectNoServerError(context, what, answer);
}

/** Where somebody is gone, the first answer whose users lack them tells which request it was. */
async function expectNamed(context: Context, ids: readonly string[], answers: readonly Tried[]): Promise<void> {
  const reads = await Promise.all(ids.map((id) => context.client.one(id)));
  const gone = ids.filter((_, index) => reads[index]?.status !== 200);
  const culprit = answers.find(({ answer }) => answer?.status === 200 && gone.some((id) => !answer.text.includes(id)));
  if (!culprit?.answer) return;
  showLast(context, culprit.answer);
  throw new Unsatisfied(`nobody removed by ${culprit.what}`, `the user ${gone.join(' and ')} is gone`);
}
