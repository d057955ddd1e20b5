import { profileOf } from '../../support/answers.ts';
import { SIGN_IN } from '../../support/bodies.ts';
import type { Context } from '../../support/context.ts';
import { HEALTH } from '../../support/health.ts';
import type { Place } from '../../support/place.ts';
import { ask, signInBytes } from '../../support/raw-sign-in.ts';
import { requirement } from '../../support/requirement.ts';
import { stopwatch, type Times, took } from '../../support/stopwatch.ts';
import { times } from '../../support/times.ts';
import { unlessClosed } from '../../support/tolerance.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** More requests than a provider serves side by side. */
const AT_ONCE = 40;
/** A busy machine disturbs one attempt, and another; a provider that takes so long does each time. */
const ATTEMPTS = 5;
/** At once may take so many times as long as one after the other, and so much longer, in milliseconds: threads get in each other's way. */
const IN_THE_WAY = { factor: 2, ms: 500 };
/** Eight times the budget of the median; beyond it an answer of any kind is late, in milliseconds. */
const LATE_MS = 400;

requirement(
  'USR-ROB-054',
  'forty requests at once are answered in about the time that they take one after the other',
  { needs: ['claims', 'fresh'], once: true },
  async (context) => {
    const own = await context.openOwn();
    const people = await own.signInMany(AT_ONCE);
    const [one] = people;
    const asks: Readonly<Record<string, (at: number) => Promise<unknown>>> = {
      snapshots: () => own.client.snapshot(),
      'look-ups of one user': () => own.client.one(one!.profile.id),
      'sign-ins of one user': () => own.client.authenticate(one!.token),
      'sign-ins of as many users': (at) => own.client.authenticate(people[at]!.token),
    };
    for (const [what, ask] of Object.entries(asks)) {
      const found: string[] = [];
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const oneByOneMs = await took(async () => {
          for (let at = 0; at < AT_ONCE; at += 1) await ask(at);
        });
        const atOnceMs = await took(() => times(AT_ONCE, ask));
        if (atOnceMs <= IN_THE_WAY.factor * oneByOneMs + IN_THE_WAY.ms) break;
        found.push(`${Math.round(atOnceMs)} ms at once, and ${Math.round(oneByOneMs)} ms one after the other`);
      }
      if (found.length === ATTEMPTS)
        throw new Unsatisfied(`${AT_ONCE} ${what} at once about as soon as one after the other`, found.join('; '));
    }
  },
);

requirement(
  'USR-ROB-055',
  'every kind of request is answered in time, and long values too, when nothing else is asked',
  { needs: ['claims', 'fresh'], timeoutMs: 300_000, once: true },
  async (context) => {
    const own = await context.openOwn();
    await own.signIn();
    const all: Times[] = [];
    let late: string[];
    do {
      all.push({ ...(await timesOfEach(context, own)), ...(await timesOfLong(context, own)) });
      late = findLate(all);
      if (late.length === 0) return; // what was in time once is not late each time
    } while (all.length < ATTEMPTS);
    throw new Unsatisfied(`each answer within ${LATE_MS} ms`, late.join('; '));
  },
);

const BARE = 'a snapshot';

/** What was late in each attempt, in words. What a bare read takes at the worst, the machine adds to anything. */
function findLate(attempts: readonly Times[]): string[] {
  const addedMs = Math.max(...attempts.map((all) => all[BARE]!));
  return Object.keys(attempts[0]!).flatMap((what) => {
    const least = Math.min(...attempts.map((all) => all[what]!));
    return least > LATE_MS + (what === BARE ? 0 : addedMs) ? [`${what} took ${Math.round(least)} ms or more`] : [];
  });
}

/** How long one request of each kind takes, in milliseconds. Refusals of a token are left out: who guesses may be kept waiting. */
async function timesOfEach(context: Context, own: Place): Promise<Times> {
  const { client } = own;
  const { times: all, timed } = stopwatch();
  const token = await context.mint.signIn(context.newPerson());
  const body = JSON.stringify(token);
  const size = body.length.toString(16);
  const chunked = signInBytes(own.baseUrl, ['Transfer-Encoding: chunked'], `${size}\r\n${body}\r\n0\r\n\r\n`);
  const authority = new URL(own.baseUrl);
  const host = `localhost${authority.port && `:${authority.port}`}`;

  const answer = await timed('the sign-in of somebody new', () => client.authenticate(token));
  const { id } = profileOf(answer);
  const path = `/users/${encodeURIComponent(id)}`;
  await timed('the first snapshot after a sign-in', () => client.snapshot());
  const { headers } = await timed(BARE, () => client.snapshot());
  await timed('a snapshot from localhost', () => client.snapshot({ host }));
  await timed('the HEAD of a snapshot', () => client.send('HEAD', '/users'));
  await timed('a snapshot if it has changed', () => client.snapshot({ 'if-none-match': headers.etag ?? '"none"' }));
  await timed('a look-up', () => client.one(id));
  await timed('the HEAD of a look-up', () => client.send('HEAD', path));
  await timed('a look-up of nobody', () => client.one(crypto.randomUUID()));
  await timed('a path that is none', () => client.send('GET', '/user'));
  await timed('a look whether the server is there', () => client.send('GET', HEALTH));
  await timed('the HEAD of that', () => client.send('HEAD', HEALTH));
  await timed('a sign-in again', () => client.authenticate(token));
  await timed('a sign-in in chunks', () => ask(own.baseUrl, chunked));
  await timed('a body that is no JSON', () =>
    unlessClosed(client.send('POST', SIGN_IN, { headers: { 'content-type': 'application/json' }, body: '{' })),
  );
  await timed('a sign-out', () => client.disconnect(id));
  await timed('the first look-up after a sign-out', () => client.one(id));
  const returned = await timed('the sign-in of somebody who was signed out', () => client.authenticate(token));
  await client.disconnect(profileOf(returned).id);
  return all;
}

/** How long it takes to read, or to refuse, what is long: an expression that is tried again from each letter takes the square, or worse. */
async function timesOfLong(context: Context, { client }: Place): Promise<Times> {
  const { times: all, timed } = stopwatch();
  const claims: Readonly<Record<string, object>> = {
    'the sign-in of a long address': { email: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.example` },
    'the sign-in of an address that is none': { email: 'a'.repeat(254) },
    'the sign-in of an address with many dots': { email: `${'a.'.repeat(100)}@example` },
    'the sign-in of a long name': { name: 'a b'.repeat(80) },
    'the sign-in of a picture with a long path': { picture: `https://pictures.example/${'a/'.repeat(100)}` },
  };
  for (const [what, own] of Object.entries(claims)) {
    const token = await context.mint.signIn(context.newPerson(own));
    await timed(what, () => client.authenticate(token));
  }
  const token = await context.mint.signIn(context.newPerson());
  await timed('a sign-in with a member of 60 KB', () =>
    unlessClosed(client.authenticate({ ...token, more: 'x'.repeat(60_000) })),
  );
  await timed('a path of 4000 letters', () => unlessClosed(client.send('GET', `/users/${'a'.repeat(4000)}`)));
  return all;
}
