import { expect } from '@jest/globals';
import type { Forge } from '../../../target/mint.ts';
import type { Person } from '../../../target/person.ts';
import { expectRefused } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import type { Place } from '../../support/place.ts';
import { requirement } from '../../support/requirement.ts';
import { GONE } from '../../support/view.ts';

const FORGE = { needs: ['forge'] } as const;

requirement(
  'USR-LIFE-004',
  'sign-in is refused and makes no user when the token has expired',
  FORGE,
  async (context) => {
    const person = context.newPerson();

    await expectRefusal(context, person, expired());

    expect(await context.usersLike(person)).toEqual([]);
  },
);

requirement('USR-LIFE-004', 'sign-in is refused and makes no user when a stranger signed', FORGE, async (context) => {
  const person = context.newPerson();

  await expectRefusal(context, person, { sign: 'foreign' });

  expect(await context.usersLike(person)).toEqual([]);
});

requirement(
  'USR-LIFE-004',
  'nobody at all is made when tokens are bad',
  { needs: ['forge', 'fresh'] },
  async (context) => {
    const own = await context.openOwn();
    const person = context.newPerson();

    await expectRefusal(context, person, expired(), own);
    await expectRefusal(context, person, { sign: 'foreign' }, own);

    expect(await own.users()).toEqual([]);
  },
);

requirement('USR-LIFE-033', 'nothing changes of a user when its next token is bad', FORGE, async (context) => {
  const { person, profile } = await context.signIn();
  const before = await context.view(profile.id);
  const other = { ...person, name: 'Changed', email: context.newPerson().email };

  await expectRefusal(context, other, expired());
  await expectRefusal(context, other, { sign: 'foreign' });

  expect(await context.view(profile.id)).toEqual(before);
});

requirement('USR-LIFE-034', 'a user stays away when its next token is bad', FORGE, async (context) => {
  const { person, profile } = await context.signIn();
  await context.disconnect(profile.id);

  await expectRefusal(context, person, expired());
  await expectRefusal(context, person, { sign: 'foreign' });

  expect(await context.presence(profile.id)).toEqual({ [profile.id]: GONE });
  expect(await context.usersLike(person)).toEqual([]);
});

async function expectRefusal(context: Context, person: Person, forge: Forge, place: Place = context): Promise<void> {
  const access_token = await context.mint.accessToken(person, forge);

  expectRefused(await place.client.authenticate({ access_token, token_type: 'Bearer', expires_in: 3600 }));
}

/** An hour ago: past any leeway for clocks that differ. */
function expired(): Forge {
  const exp = Math.floor(Date.now() / 1000) - 3600;
  return { claims: { iat: exp - 60, nbf: exp - 60, exp } };
}
