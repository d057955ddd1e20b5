import { expect } from '@jest/globals';
import type { Place, SignedIn } from '../../support/place.ts';
import { core } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';

/** Sign-ins sent at once: enough to be quick, few enough for any server's backlog. */
const AT_ONCE = 50;

requirement(
  'USR-LIFE-014',
  'all are listed once and whole when many are signed in',
  { timeoutMs: 180_000 },
  async (context) => {
    // Pages end at round numbers. A thousand strangers are not for somebody's live server.
    const hasOwn = context.session.target.can.includes('fresh');
    const place: Place = hasOwn ? await context.openOwn() : context;
    const signedIn = await signInAll(place, hasOwn ? 1_005 : 205);
    context.measure('users', signedIn.length);

    const listed = await place.users();

    const entries = Map.groupBy(listed, ({ id }) => id);
    const entriesOf = (id: string) => entries.get(id) ?? [];
    const ids = signedIn.map(({ profile }) => profile.id);
    expect({
      lost: tell(ids.filter((id) => entriesOf(id).length === 0)),
      listedTwice: tell(ids.filter((id) => entriesOf(id).length > 1)),
    }).toEqual({ lost: tell([]), listedTwice: tell([]) });
    for (const { profile } of signedIn) expect(entriesOf(profile.id).map(core)).toEqual([core(profile)]);
  },
);

/** How many, and who to begin with: a report is read by people. */
const tell = (ids: readonly string[]): string =>
  ids.length === 0 ? 'nobody' : `${ids.length} users, the first ${ids.slice(0, 3).join(', ')}`;

async function signInAll(place: Place, count: number): Promise<SignedIn[]> {
  const signedIn: SignedIn[] = [];
  while (signedIn.length < count)
    signedIn.push(...(await place.signInMany(Math.min(AT_ONCE, count - signedIn.length))));
  return signedIn;
}
