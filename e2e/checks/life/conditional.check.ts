import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Answer } from '../../../target/http.ts';
import { isRefused, profileOf, usersOf } from '../../support/answers.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import type { SignedIn } from '../../support/place.ts';
import { core } from '../../support/profile.ts';
import { quietPlace } from '../../support/quiet-place.ts';
import { requirement } from '../../support/requirement.ts';

/** More than a second, whichever way a date was rounded; in milliseconds. */
const DATE_MS = 2_100;
const ONE_TOKEN = { needs: ['tokens'] } as const;
/** As often a profile is changed: a tag may count seconds, and one may begin between. */
const CHANGES = 5;
/** Under these a server that takes the request sends all, whether it knows tags and dates or not. */
const UNMET = {
  'a tag of nobody': { 'if-none-match': '"assay"' },
  'two tags of nobody, one of them weak': { 'if-none-match': 'W/"assay", "nobody"' },
  'a date long gone': { 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' },
};

requirement(
  'USR-LIFE-029',
  'the snapshot is not 304 when a sign-in or a sign-out came between',
  ONE_TOKEN,
  async (context) => {
    const place = await quietPlace(context); // elsewhere others come and go, and change the tag
    const empty = etagOf(await place.client.snapshot());
    const { profile } = await place.signIn();
    const afterSignIn = await place.client.snapshot({ 'if-none-match': empty });
    const full = etagOf(await place.client.snapshot());
    await place.disconnect(profile.id);
    const afterDisconnect = await place.client.snapshot({ 'if-none-match': full });

    expect({ afterSignIn: afterSignIn.status, afterDisconnect: afterDisconnect.status }).toEqual({
      afterSignIn: 200,
      afterDisconnect: 200,
    });
  },
);

requirement('USR-LIFE-029', 'the snapshot is not 304 when a profile changed between', {}, async (context) => {
  const place = await quietPlace(context);
  const { person } = await place.signIn();

  await expectNoStale304(
    (headers) => place.client.snapshot(headers),
    () => place.signIn({ ...person, name: context.newPerson().name }),
  );
});

requirement(
  'USR-LIFE-029',
  'the snapshot is not 304 by its date when the older of two has left',
  {},
  async (context) => {
    const place = await quietPlace(context);
    const older = (await place.signIn()).profile.id;
    await place.signIn();
    const since = (await place.client.snapshot()).headers['last-modified'];
    if (!since) return; // of which no page speaks
    // Dates are of seconds: what changes within that of the last change may be missed.
    await sleep(Math.max(0, Date.parse(since) + DATE_MS - Date.now()));
    await place.disconnect(older);

    const { status } = await place.client.snapshot({ 'if-modified-since': since });

    expect(status).toBe(200);
  },
);

requirement(
  'USR-LIFE-029',
  'the snapshot is not 304 when somebody of several has gone or come again',
  {},
  async (context) => {
    const place = await quietPlace(context);
    const [oldest, between, , newest] = (await place.signInMany(4)) as [SignedIn, SignedIn, SignedIn, SignedIn];
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      'the oldest left': () => place.disconnect(oldest.profile.id),
      'the newest left': () => place.disconnect(newest.profile.id),
      'the oldest came again': () => place.signIn(oldest.person),
      'one came, and another left': async () => {
        await place.signIn();
        await place.disconnect(between.profile.id);
      },
    };

    for (const [what, change] of Object.entries(changes)) {
      const before = etagOf(await place.client.snapshot());
      await change();
      const { status } = await place.client.snapshot({ 'if-none-match': before });
      expect({ what, status }).toEqual({ what, status: 200 });
    }
  },
);

requirement('USR-LIFE-030', 'a user is not 304 when it was disconnected', ONE_TOKEN, async (context) => {
  const { profile } = await context.signIn();
  const etag = etagOf(await context.client.one(profile.id));
  await context.disconnect(profile.id);

  const { status } = await context.client.send('GET', `/users/${encodeURIComponent(profile.id)}`, {
    headers: { accept: 'application/json', 'if-none-match': etag },
  });

  expect(status).not.toBe(304);
});

requirement('USR-LIFE-030', 'a user is not 304 when it changed between', {}, async (context) => {
  const { person, profile } = await context.signIn();
  const path = `/users/${encodeURIComponent(profile.id)}`;

  await expectNoStale304(
    (condition) => context.client.send('GET', path, { headers: { accept: 'application/json', ...condition } }),
    () => context.signIn({ ...person, name: context.newPerson().name }),
  );
});

requirement(
  'USR-LIFE-049',
  'the reads say the same under a condition that does not hold',
  ONE_TOKEN,
  async (context) => {
    const { profile } = await context.signIn();
    const path = `/users/${encodeURIComponent(profile.id)}`;
    const said = core(profile);

    for (const [what, condition] of Object.entries(UNMET)) {
      const headers = { accept: 'application/json', ...condition };
      const all = await context.client.snapshot(headers);
      const one = await context.client.send('GET', path, { headers });

      // Who sends no tags may refuse to be asked with one: Cowboy answers 412.
      const listed = isRefused(all)
        ? [said]
        : usersOf(all)
            .filter(({ id }) => id === profile.id)
            .map(core);
      const found = isRefused(one) ? said : core(profileOf(one));
      expect({ what, listed, found }).toEqual({ what, listed: [said], found: said });
    }
  },
);

requirement('USR-LIFE-031', 'no answer may be reused unasked when users are read', ONE_TOKEN, async (context) => {
  const { profile } = await context.signIn();

  const answers = { snapshot: await context.client.snapshot(), 'by id': await context.client.one(profile.id) };

  const lifetimes = Object.entries(answers).map(([read, answer]) => [read, freshForMs(answer)]);
  expect(Object.fromEntries(lifetimes)).toEqual({ snapshot: 0, 'by id': 0 });
});

/** A read with the tag of before a change, several times over, is not 304 where it would say something else. */
async function expectNoStale304(
  read: (condition?: { 'if-none-match': string }) => Promise<Answer>,
  change: () => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < CHANGES; at += 1) {
    const before = await read();
    const etag = etagOf(before);
    await change();
    const { status } = await read({ 'if-none-match': etag });
    // A profile need not show what changed.
    if (status !== 304 || (await read()).text !== before.text) expect(status).toBe(200);
  }
}

function etagOf({ headers }: Answer): string {
  if (!headers.etag) throw new NotOffered('the target sends no ETag');
  return headers.etag;
}

/** How long a cache may use the answer without asking again. Source: RFC 9111, section 4.2.1. */
function freshForMs({ headers }: Answer): number {
  const control = headers['cache-control'] ?? '';
  if (/\bno-(?:store|cache)\b/.test(control)) return 0;
  const maxAge = /\b(?:s-maxage|max-age)="?(\d+)/.exec(control);
  if (maxAge) return Number(maxAge[1]) * 1000;
  const left = Date.parse(headers.expires ?? '') - Date.parse(headers.date ?? new Date().toUTCString());
  return Number.isNaN(left) ? 0 : Math.max(left, 0);
}
