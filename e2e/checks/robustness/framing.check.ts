import { expect } from '@jest/globals';
import { profileOf } from '../../support/answers.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import { eventually } from '../../support/eventually.ts';
import type { Place } from '../../support/place.ts';
import { quietPlace } from '../../support/quiet-place.ts';
import { RawHttp, type RawOutcome, unanswered } from '../../support/raw-http.ts';
import { ask, expectFramingRefused, openStuck, type Stuck, signInBytes } from '../../support/raw-sign-in.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoTrace, showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** More stuck sign-ins than small pools of workers have: a server that takes each by one of its few waits for all. */
const MANY = 20;

const length = (text: string): number => Buffer.byteLength(text);
const hex = (text: string): string => length(text).toString(16);
const halves = (json: string): [string, string] => [json.slice(0, json.length / 2), json.slice(json.length / 2)];

requirement('USR-ROB-020', 'sign-in is refused when Content-Length is invalid', {}, (context) => {
  const lengths: Readonly<Record<string, (json: string) => readonly string[]>> = {
    'a word': () => ['abc'],
    'a negative number': () => ['-1'],
    'a hexadecimal number': (json) => [`0x${hex(json)}`],
    'two numbers in one': (json) => [`${length(json)} ${length(json)}`],
    'a number beyond all integers': () => ['99999999999999999999999'],
    'two different ones': (json) => [`${length(json)}, 5`],
  };
  const framings = Object.entries(lengths).map(([what, values]) => [
    `a Content-Length of ${what}`,
    (body: string) => ({ lines: values(body).map((value) => `Content-Length: ${value}`), body }),
  ]);
  return expectFramingRefused(context, Object.fromEntries(framings));
});

requirement(
  'USR-ROB-021',
  'nobody is made and others are served when a body ends before its length',
  {},
  async (context) => {
    const place = await quietPlace(context);
    using stuck = await openStuck(context, place, MANY, (token) => {
      const json = JSON.stringify(token);
      return { lines: [`Content-Length: ${length(json)}`], body: halves(json)[0] };
    });

    await expectOthersServed(place, stuck);
  },
);

/** For a body that cannot be read: Huma, and others whose application reads it, say 500. */
const TAKEN = /^2\d\d$/;

requirement('USR-ROB-022', 'nobody is made when a body has both a length and chunks', {}, (context) => {
  const both = (coding: string) => (body: string) => ({
    lines: [`Content-Length: ${length(body)}`, `Transfer-Encoding: ${coding}`],
    body,
  });
  const framings = {
    'JSON by its length, announced as chunked too': both('chunked'),
    'JSON by its length, announced as Chunked too': both('Chunked'),
    'JSON by its length, announced as chunked before it': (body: string) => ({
      lines: ['Transfer-Encoding: chunked', `Content-Length: ${length(body)}`],
      body,
    }),
  };
  return expectFramingRefused(context, framings, TAKEN);
});

requirement('USR-ROB-023', 'sign-in is refused when a chunk is malformed', {}, (context) => {
  // The fault lies in the middle of the JSON: who reads no further than its end never sees one behind it.
  const second = (write: (half: string) => string) => (json: string) => {
    const [start, end] = halves(json);
    return { lines: ['Transfer-Encoding: chunked'], body: `${hex(start)}\r\n${start}\r\n${write(end)}\r\n0\r\n\r\n` };
  };
  const malformed = {
    'a chunk size that is a word': second((half) => `zz\r\n${half}`),
    'a chunk size that is negative': second((half) => `-${hex(half)}\r\n${half}`),
    'a chunk size beyond all integers': second((half) => `FFFFFFFFFFFFFFFFFF\r\n${half}`),
    'a chunk without a size': second((half) => `\r\n${half}`),
    'a chunk that is longer than its size': second((half) => `1\r\n${half}`),
    'a chunk size of 5 KB': second((half) => `${hex(half).padStart(5000, 'g')}\r\n${half}`),
  };
  return expectFramingRefused(context, malformed, TAKEN);
});

requirement('USR-ROB-024', 'nobody is made and others are served when chunks do not end', {}, async (context) => {
  const place = await quietPlace(context);
  using stuck = await openStuck(context, place, MANY, (token) => {
    const [start] = halves(JSON.stringify(token));
    return { lines: ['Transfer-Encoding: chunked'], body: `${hex(start)}\r\n${start}\r\n` };
  });

  await expectOthersServed(place, stuck);
});

/** How long curl waits for 100 Continue before it sends the body all the same, in milliseconds. */
const CONTINUE_MS = 1000;

requirement(
  'USR-ROB-033',
  'a client that announces its body is answered, once the body came at the latest',
  {},
  async (context) => {
    const { baseUrl } = context.session.target;
    const json = JSON.stringify(await context.mint.signIn(context.newPerson()));
    using connection = await RawHttp.open(baseUrl);

    await connection.send(signInBytes(baseUrl, [`Content-Length: ${length(json)}`, 'Expect: 100-continue'], ''));
    const first = await connection.receive({ withinMs: CONTINUE_MS });
    // Silence is no fault: clients do not wait for ever. Source: RFC 9110, section 10.1.1.
    if (first.kind !== 'silent') {
      if (first.kind !== 'answer') throw unanswered('100 Continue, or an answer', first);
      if (first.status === 408)
        throw new Unsatisfied('100 Continue, or an answer', 'a server that waited for the body');
      if (first.status >= 400 && first.status <= 499) return; // it may rightly say that it does not do this
      expect(first.status).toBe(100);
    }

    await connection.send(json);
    let last = await connection.receive();
    // Several interim answers may come before the last one. Source: RFC 9110, section 15.2.
    while (last.kind === 'answer' && last.status < 200) last = await connection.receive();
    if (last.kind !== 'answer') throw unanswered('the answer to the body', last);
    if (last.status === 417) return; // as above, but late
    context.remember(profileOf({ status: last.status, text: last.body.toString() }).id);
  },
);

/** While sign-ins are stuck half-way others are served, and after their connections broke nobody was made by them. */
async function expectOthersServed(place: Place, stuck: Stuck): Promise<void> {
  const { profile } = await place.signIn();
  expect((await place.client.one(profile.id)).status).toBe(200);
  const attempts = stuck.people.map((person) => ({ what: 'half a body', person }));
  await expectNoTrace(place, attempts);

  stuck[Symbol.dispose]();

  // The server learns of the broken connections in its own time: it is asked twice, with another connection's answer between.
  await eventually(
    () => place.client.snapshot(),
    ({ status }) => status === 200,
  );
  await expectNoTrace(place, attempts);
}

/** A size with letters in it, in bytes. */
const LETTERED = 0xab;

requirement(
  'USR-ROB-051',
  'a sign-in in chunks is taken however it is cut and written when it is taken in one',
  {},
  async (context) => {
    const { baseUrl } = context.session.target;
    const send = async (header: string, size: (bytes: number) => string, cutAt?: number): Promise<RawOutcome> => {
      const json = Buffer.from(JSON.stringify(await context.mint.signIn(context.newPerson())));
      const chunks = cutAt ? [json.subarray(0, cutAt), json.subarray(cutAt)] : [json];
      const body = chunks.map((chunk) => `${size(chunk.length)}\r\n${chunk}\r\n`).join('');
      return ask(baseUrl, signInBytes(baseUrl, [`${header}: chunked`], `${body}0\r\n\r\n`), { withinMs: 20_000 });
    };
    const lower = (bytes: number) => bytes.toString(16);
    const upper = (bytes: number) => lower(bytes).toUpperCase();

    const usual = await send('Transfer-Encoding', lower);
    if (usual.kind !== 'answer' || usual.status !== 200) throw new NotOffered('the target takes no body in chunks');

    for (const [what, outcome] of [
      ['two chunks', await send('Transfer-Encoding', lower, LETTERED)],
      ['chunk sizes in upper case', await send('Transfer-Encoding', upper, LETTERED)],
      ['transfer-encoding in lower case', await send('transfer-encoding', lower)],
    ] as const) {
      if (outcome.kind === 'silent') throw unanswered(`an answer to a sign-in with ${what}`, outcome);
      if (outcome.kind === 'answer' && outcome.status === 200) continue;
      showLast(context, outcome);
      throw new Unsatisfied(
        `status 200 for a sign-in with ${what}, as for one chunk`,
        outcome.kind === 'answer' ? `status ${outcome.status}` : `a connection that is ${outcome.kind}`,
      );
    }
  },
);
