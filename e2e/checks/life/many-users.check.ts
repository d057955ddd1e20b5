import { expect } from '@jest/globals';
import { usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import type { Place, SignedIn } from '../../support/place.ts';
import { core, type Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

/** Sign-ins sent at once: enough to be quick, few enough for any server's backlog. */
const AT_ONCE = 50;
/** Beyond a page of 50: an error at a page's edge shows only while they are exactly as many. */
const ONE_BY_ONE = 51;

requirement(
  'USR-LIFE-014',
  'all are listed once and whole when many are signed in',
  { timeoutMs: 180_000 },
  async (context) => {
    const { place, isOwn } = await placeFor(context);
    // Pages end at round numbers. A thousand strangers are not for somebody's live server.
    const count = isOwn ? 1_005 : 205;
    const signedIn: SignedIn[] = [];
    while (signedIn.length < count) {
      signedIn.push(...(await place.signInMany(Math.min(AT_ONCE, count - signedIn.length))));
      expectListedOnce(signedIn, await place.users());
    }
    context.measure('users', signedIn.length);

    const answer = await place.client.snapshot();
    expect(answer.headers['content-type']).toMatch(/^application\/(?:[\w.-]+\+)?json\b/i);
    const listed = new Map(usersOf(answer).map((profile) => [profile.id, core(profile)]));

    for (const { profile } of signedIn) expect(listed.get(profile.id)).toEqual(core(profile));
  },
);

requirement(
  'USR-LIFE-014',
  'all are listed once when users come one by one',
  { timeoutMs: 180_000 },
  async (context) => {
    const { place } = await placeFor(context);
    const signedIn: SignedIn[] = [];
    while (signedIn.length < ONE_BY_ONE) {
      signedIn.push(await place.signIn());
      expectListedOnce(signedIn, await place.users());
    }
  },
);

/** Others who come and go would be the ones who are lost. */
async function placeFor(context: Context): Promise<{ readonly place: Place; readonly isOwn: boolean }> {
  const isOwn = context.session.target.can.includes('fresh');
  return { place: isOwn ? await context.openOwn() : context, isOwn };
}

function expectListedOnce(signedIn: readonly SignedIn[], listed: readonly Profile[]): void {
  const entries = Map.groupBy(listed, ({ id }) => id);
  const entriesOf = (id: string) => entries.get(id) ?? [];
  const ids = signedIn.map(({ profile }) => profile.id);
  expect({
    signedIn: ids.length,
    users: new Set(ids).size,
    lost: tell(ids.filter((id) => entriesOf(id).length === 0)),
    listedTwice: tell(ids.filter((id) => entriesOf(id).length > 1)),
  }).toEqual({ signedIn: ids.length, users: ids.length, lost: tell([]), listedTwice: tell([]) });
}

/** How many, and who to begin with: a report is read by people. */
const tell = (ids: readonly string[]): string =>
  ids.length === 0 ? 'nobody' : `${ids.length} users, the first ${ids.slice(0, 3).join(', ')}`;
