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
    // A thousand strangers are not for somebody's live server.
    const hasOwn = context.session.target.can.includes('fresh');
    const place: Place = hasOwn ? await context.openOwn() : context;
    const signedIn = await signInAll(place, hasOwn ? 1_000 : 200);
    context.measure('users', signedIn.length);

    const listed = await place.users();

    const ours = new Set(signedIn.map(({ profile }) => profile.id));
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    const expected = signedIn.map(({ profile }) => profile).toSorted(byId);
    expect(
      listed
        .filter(({ id }) => ours.has(id))
        .toSorted(byId)
        .map(core),
    ).toEqual(expected.map(core));
  },
);

async function signInAll(place: Place, count: number): Promise<SignedIn[]> {
  const signedIn: SignedIn[] = [];
  while (signedIn.length < count)
    signedIn.push(...(await place.signInMany(Math.min(AT_ONCE, count - signedIn.length))));
  return signedIn;
}
