import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Target } from '../../../target/target.ts';
import { SIGN_IN } from '../../support/bodies.ts';
import { secondsOfCoreGiven } from '../../support/busy-thread.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { Context } from '../../support/context.ts';
import { eventually } from '../../support/eventually.ts';
import { malformedRequests } from '../../support/malformed.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { type Poured, pour } from '../../support/pour.ts';
import { inBody } from '../../support/powerless.ts';
import { inOrderOfIds, stable } from '../../support/profile.ts';
import { RawHttp, requestBytes } from '../../support/raw-http.ts';
import { ask, expectNoneOf, signInBytes } from '../../support/raw-sign-in.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { unlessClosed } from '../../support/tolerance.ts';
import { showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const MB = 1_000_000;
/** What grows each time has been seen more than once. */
const REPEATED = { timeoutMs: 300_000, once: true } as const;
/** A pool, a log that turns over, a key fetched anew: a server may rightly open a few files more. */
const SPARE_FILES = 20;
/** What may leave a file open is done so often, and so often again, at most, while there are more and more. */
const FILE_ROUNDS = 4;
const MOST_TIMES = 5;
/** No answer to what has no end. */
const TAKEN_OR_BROKEN = /^[235]\d\d$/;
/** How much memory a body without an end may take, in bytes. */
const LARGEST_BODY = 128 * MB;
/** Whoever has read as much of a body, or of a head, reads on for ever; no system keeps a hundredth of it. */
const ENDLESS_BODY = 200 * MB;
const ENDLESS_HEAD = 32 * MB;
/** Refused sign-ins of 80 KB each in a round, and how much growth, a third of their bytes, says that they are kept. */
const ROUND = 250;
const KEPT_BYTES = (ROUND * 80_000) / 3;
/** A lazy collector lets memory grow for up to seven rounds in a row, as seen beside three busy loops on two cores. */
const MOST_ROUNDS = 20;
/** No collector is as lazy: more than this, in bytes, and there is no need to take it from the machine as well. */
const MOST_GROWN = 2500 * MB;
const NOT_COUNTED = 'nobody can count the open files of this target';
/** People who come and go at once. */
const LIVES = 25;
/** The same request, and how many of them at once. */
const OFTEN = 400;
const AT_ONCE = 20;
/** Good requests of each kind in a round: a collector that gives back ten megabytes does not hide what each of them leaves. */
const LIVED = 1000;
/** Or as many as there are in so many milliseconds: a sign-in may wait for a slow disk. */
const LIVED_MS = 8_000;
/** Less growth than this says nothing, in bytes: an allocator takes as much at a time. */
const LEAST_GROWTH = 5 * MB;
/** What a good request may leave in memory, in bytes: a line of a log, a record; not its answer or all that it was answered with. */
const LARGEST_MEMORY = 12_500;
/** A journal may grow to this before its pages are used again, in bytes: SQLite's to 4 MB. */
const SMALL_DATA = 5 * MB;
/** What a read may leave in a log, in bytes. */
const LONGEST_LINE = 4000;
/** What a repeated sign-in may leave on disk, in bytes: more than a journal's pages, and they are used again. */
const LARGEST_TRAIL = 25_000;
/**
 * A server at rest may tidy up now and then; it uses less of a core than this, seen over so long, in milliseconds. Where many want the
 * cores, whoever never rests gets as little: about what a thread of ours gets that does not rest either.
 */
const AT_REST = 0.2;
const ALL_IT_COULD = 0.7;
const REST_MS = 1500;
const REST_WITHIN_MS = 20_000;

requirement(
  'USR-ROB-040',
  'open files and users are as before after malformed requests and broken connections',
  { needs: ['claims', 'fresh', 'cost'], ...REPEATED },
  async (context) => {
    const own = await context.openOwn();
    const { baseUrl } = own.target;
    await own.signInMany(3);
    const users = async () => inOrderOfIds(await own.users()).map(stable);
    const before = await users();
    const half = signInBytes(baseUrl, ['Content-Length: 1000'], '{"access_token":');
    const bad = [...Object.values(malformedRequests(baseUrl)), ...Array.from({ length: 20 }, () => half)];
    const breakAll = () => Promise.all(bad.map((bytes) => ask(baseUrl, bytes, { withinMs: 100 })));

    await expectFilesToRest(context, own, { round: breakAll, what: `${bad.length} broken connections` });

    expect(await users()).toEqual(before);
  },
);

requirement(
  'USR-ROB-041',
  'memory does not grow round by round when bodies and tokens are refused, and nobody is looked up',
  { needs: ['forge', 'fresh', 'cost'], ...REPEATED },
  async (context) => {
    const own = await context.openOwn();
    // Long, and under a known kid: who may look at the issuer's keys once a second lets each wait whose key nobody knows.
    const header = { long: 'x'.repeat(60_000) };
    const forged = await context.mint.accessToken(context.newPerson(), { header, sign: 'foreign' });
    const refuse = async () => {
      for (let index = 0; index < ROUND; index += 1) {
        const body = `{"x":${index},"access_token":"${forged}${index}","token_type":"Bearer","expires_in":1}`;
        const headers = { 'content-type': 'application/json' };
        await unlessClosed(own.client.send('POST', SIGN_IN, { headers, body: index % 2 ? body : body.slice(0, -1) }));
        await own.client.one(randomUUID());
      }
      return KEPT_BYTES;
    };

    await expectMemoryToRest(context, own, {
      round: refuse,
      what: `${ROUND} refused sign-ins`,
    });
  },
);

requirement(
  'USR-ROB-056',
  'memory does not grow round by round when users are read and sign in again',
  { needs: ['claims', 'fresh', 'cost'], ...REPEATED },
  async (context) => {
    const own = await context.openOwn();
    const [{ person, profile } = await own.signIn()] = await own.signInMany(100);
    const live = async () => {
      await own.client.snapshot();
      await own.client.one(profile.id);
      await own.signIn(person);
    };

    await expectMemoryToRest(context, own, {
      round: async () => {
        let lived = 0;
        for (const until = performance.now() + LIVED_MS; lived < LIVED && performance.now() < until; lived += AT_ONCE)
          await times(AT_ONCE, live);
        return Math.max(lived * LARGEST_MEMORY, LEAST_GROWTH);
      },
      what: `${LIVED} reads of all, of one and sign-ins`,
    });
  },
);

requirement(
  'USR-ROB-042',
  'memory is not filled when a body does not end',
  { needs: ['claims', 'fresh', 'cost'] },
  async (context) => {
    const own = await context.openOwn();
    await own.signIn();
    const before = (await own.target.cost()).rssBytes;
    using connection = await RawHttp.open(own.target.baseUrl);
    const start = signInBytes(own.target.baseUrl, ['Transfer-Encoding: chunked'], '6\r\n{"x":"\r\n');
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;

    const poured = await pour(connection, start, chunk, ENDLESS_BODY);

    expectSameProcess(own);
    const grown = (await own.target.cost()).rssBytes - before;
    context.measure('sentBytes', poured.sentBytes);
    context.measure('grownBytes', grown);
    // Who reads on and throws away what it reads, as Express does, takes no harm.
    if (poured.outcome) expectNoneOf(own, 'a body without an end', poured.outcome, TAKEN_OR_BROKEN);
    if (grown > LARGEST_BODY) {
      showLast(own, poured);
      throw new Unsatisfied(`no more than ${LARGEST_BODY / MB} MB grown`, `${Math.round(grown / MB)} MB`);
    }
    expect((await own.client.snapshot()).status).toBe(200);
  },
);

requirement(
  'USR-ROB-043',
  'a head is cut off when it does not end',
  { needs: ['claims', 'fresh'] },
  async (context) => {
    const own = await context.openOwn();
    await own.signIn();
    using connection = await RawHttp.open(own.target.baseUrl);
    const start = requestBytes(own.target.baseUrl, 'GET /users').slice(0, -2);

    const poured = await pour(connection, start, `x: ${'v'.repeat(1000)}\r\n`.repeat(64), ENDLESS_HEAD);

    context.measure('sentBytes', poured.sentBytes);
    expectSameProcess(own);
    expectCutOff(own, 'a head without an end', poured);
    expect((await own.client.snapshot()).status).toBe(200);
  },
);

/** Somebody comes, is read by everyone's ways, and goes; somebody else is refused. */
async function liveALife(own: OwnPlace, forged: string): Promise<void> {
  const { profile } = await own.signIn();
  await Promise.all([own.users(), own.user(profile.id), own.client.one('nobody'), inBody(own.client, forged)]);
  await own.disconnect(profile.id);
}

requirement(
  'USR-ROB-044',
  'open files are as before after ordinary requests',
  { needs: ['forge', 'fresh', 'cost'], ...REPEATED },
  async (context) => {
    const own = await context.openOwn();
    const forged = await context.mint.accessToken(context.newPerson(), { sign: 'foreign' });

    await expectFilesToRest(context, own, {
      round: () => times(LIVES, () => liveALife(own, forged)),
      what: `${LIVES} sign-ins, read and signed out`,
    });
  },
);

requirement(
  'USR-ROB-048',
  'the data stay small when users are read, refused and sign in again and again',
  { needs: ['claims', 'fresh', 'restart'] },
  async (context) => {
    const own = await context.openOwn();
    const [{ person, profile } = await own.signIn()] = await own.signInMany(100);
    const snapshot = await own.client.snapshot();

    for (const { name, what, mayLeave, act } of [
      // A log of requests is a server's own choice; a copy of what was read in it is not.
      {
        name: 'Reads',
        what: 'reads of 100 users',
        mayLeave: snapshot.bytes.length / 2,
        act: () => own.client.snapshot(),
      },
      { name: 'ReadsOfOne', what: 'reads of one user', mayLeave: LONGEST_LINE, act: () => own.client.one(profile.id) },
      { name: 'SignIns', what: 'sign-ins of one user', mayLeave: LARGEST_TRAIL, act: () => own.signIn(person) },
      {
        name: 'Refusals',
        what: 'refused tokens',
        mayLeave: LARGEST_TRAIL,
        act: () => inBody(own.client, 'no.good.token'),
      },
    ]) {
      const before = await sizeOf(own.target);
      for (let sent = 0; sent < OFTEN; sent += AT_ONCE) await times<unknown>(AT_ONCE, act);
      const after = await sizeOf(own.target);

      context.measure(`grownBy${name}Bytes`, after.bytes - before.bytes);
      const most = Math.max(OFTEN * mayLeave, SMALL_DATA);
      if (after.bytes - before.bytes > most)
        throw new Unsatisfied(`under ${inMB(most)} after ${OFTEN} ${what}`, inMB(after.bytes - before.bytes));
      if (after.files - before.files <= OFTEN / 2) continue;
      await own.restart(); // a journal of many files may be folded together then
      const more = (await sizeOf(own.target)).files - before.files;
      if (more > OFTEN / 2)
        throw new Unsatisfied(`hardly a file more after ${OFTEN} ${what} and a restart`, `${more} more`);
    }
  },
);

async function sizeOf(target: Target): Promise<{ files: number; bytes: number }> {
  const files = await target.storedFiles();
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

requirement(
  'USR-ROB-045',
  'the processor is at rest when all requests have been answered or broken off',
  { needs: ['forge', 'fresh', 'cost'] },
  async (context) => {
    const own = await context.openOwn();
    const forged = await context.mint.accessToken(context.newPerson(), { sign: 'foreign' });
    for (let round = 0; round < 3; round += 1) await times(LIVES, () => liveALife(own, forged));
    const half = signInBytes(own.target.baseUrl, ['Content-Length: 1000'], '{"access_token":');
    await times(3, () => ask(own.target.baseUrl, half, { withinMs: 100 }));

    const look = async () => {
      const before = (await own.target.cost()).cpuSeconds;
      const startedAt = performance.now();
      const given = await secondsOfCoreGiven(REST_MS);
      const seconds = (performance.now() - startedAt) / 1000;
      return { used: ((await own.target.cost()).cpuSeconds - before) / seconds, given: given / seconds };
    };
    const isAtRest = ({ used, given }: Awaited<ReturnType<typeof look>>) =>
      used <= Math.min(AT_REST, ALL_IT_COULD * given);
    const seen = await eventually(look, isAtRest, REST_WITHIN_MS);

    context.measure('usedShareOfCore', seen.used);
    if (!isAtRest(seen))
      throw new Unsatisfied(
        `under ${AT_REST * 100} % of a core within ${REST_WITHIN_MS / 1000} s of the last answer`,
        `${percent(seen.used)}, where a thread that never rests got ${percent(seen.given)}`,
      );
  },
);

/**
 * A garbage collector is lazy: memory may grow for a while. What is kept for ever grows it in every single round, by more than the bytes
 * that the round returns.
 */
async function expectMemoryToRest(
  context: Context,
  own: OwnPlace,
  { round, what }: { round: () => Promise<number>; what: string },
): Promise<void> {
  const grown: number[] = [];
  const grows = async () => {
    const before = (await own.target.cost()).rssBytes;
    const keptBytes = await round();
    const bytes = (await own.target.cost()).rssBytes - before;
    grown.push(bytes);
    return bytes > keptBytes;
  };
  await round();
  let hasGrown = await grows();
  const total = () => grown.reduce((sum, bytes) => sum + bytes, 0);
  while (hasGrown && grown.length < MOST_ROUNDS && total() < MOST_GROWN) hasGrown = await grows();

  context.measure('rounds', grown.length);
  context.measure('grownInLastRoundBytes', grown.at(-1) ?? 0);
  expectSameProcess(own);
  if (!hasGrown) return;
  throw new Unsatisfied(
    `a round of ${what} after which memory has not grown`,
    `growth in each of ${grown.length}: ${grown.map((bytes) => `${Math.round(bytes / MB)} MB`).join(', ')}`,
  );
}

const openFilesOf = async ({ target }: OwnPlace) => (await target.cost()).openFiles;

/** A pool grows as threads are first used, and then no more. What is not closed is more after each few rounds. */
async function expectFilesToRest(
  context: Context,
  own: OwnPlace,
  { round, what }: { round: () => Promise<unknown>; what: string },
): Promise<void> {
  await round();
  const counts: number[] = [];
  const grows = async () => {
    const before = await openFilesOf(own);
    for (let time = 0; time < FILE_ROUNDS; time += 1) await round();
    expectSameProcess(own);
    const after = await eventually(
      () => openFilesOf(own),
      (open) => open !== undefined && before !== undefined && open <= before + SPARE_FILES,
    );
    if (before === undefined || after === undefined) throw new NotOffered(NOT_COUNTED);
    counts.push(after - before);
    return after > before + SPARE_FILES;
  };
  while (await grows())
    if (counts.length === MOST_TIMES)
      throw new Unsatisfied(
        `about as many open files after ${FILE_ROUNDS} times ${what}, or after so many again`,
        `${counts.join(', then ')} more`,
      );
  context.measure('moreOpenFiles', counts.at(-1)!);
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const inMB = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;

function expectCutOff(own: OwnPlace, what: string, { sentBytes, outcome, exchange }: Poured): void {
  if (!outcome) {
    showLast(own, { exchange });
    const expected = `an answer, a closed connection or no more reading after ${what}`;
    throw new Unsatisfied(expected, `${Math.round(sentBytes / MB)} MB were read`);
  }
  expectNoneOf(own, what, outcome, TAKEN_OR_BROKEN);
}

function expectSameProcess({ target }: OwnPlace): void {
  if (!target.isRunning()) throw new Unsatisfied('the process that was started still running', 'it has ended');
}
