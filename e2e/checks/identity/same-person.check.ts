import { expect } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { Claims } from '../../../target/claims.ts';
import { profileOf, profileUnlessRefused } from '../../support/answers.ts';
import { SAID, without } from '../../support/bare-sign-in.ts';
import { requirement } from '../../support/requirement.ts';
import { PRESENT } from '../../support/view.ts';

requirement('USR-ID-003', 'the id is the same when the person signs in with another token', {}, async (context) => {
  const { person, profile } = await context.signIn();

  const again = await context.signIn(person);

  expect(again.profile.id).toBe(profile.id);
  expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });
});

requirement('USR-ID-003', 'the id is the same when one of two tokens says less', {}, async (context) => {
  for (const claim of SAID)
    for (const lacking of ['the first', 'the second']) {
      const person = context.newPerson();
      const tokens = [await context.mint.signIn(person), await context.mint.signIn(person, { claims: without(claim) })];
      if (lacking === 'the first') tokens.reverse();
      const ids: unknown[] = [];
      for (const token of tokens) ids.push(profileUnlessRefused(await context.client.authenticate(token))?.id);
      if (ids.includes(undefined)) continue; // a provider may want the claim

      expect({ claim, lacking, ids }).toEqual({ claim, lacking, ids: [ids[0], ids[0]] });
      expect(await context.presence(String(ids[0]))).toEqual({ [String(ids[0])]: PRESENT });
    }
});

requirement('USR-ID-003', 'the id is the same when the tokens differ in all but the subject', {}, async (context) => {
  const { person, token, profile } = await context.signIn();
  const { aud } = decodeJwt(token.access_token);
  const hourAgo = Math.floor(Date.now() / 1000) - 3_600;
  const others: Record<string, Claims> = {
    'another scope': { scope: 'openid offline_access' },
    'no scope': { scope: undefined },
    'several audiences': { aud: ['https://other.example/userinfo', ...[aud ?? []].flat()] },
    'an earlier time': { iat: hourAgo, auth_time: hourAgo },
    'another client and session': { azp: 'other', client_id: 'other', sid: 'other', jti: 'other' },
    'an e-mail that is not verified': { email_verified: false },
  };

  for (const [what, claims] of Object.entries(others)) {
    const again = profileUnlessRefused(
      await context.client.authenticate(await context.mint.signIn(person, { claims })),
    );
    expect({ what, id: again?.id ?? profile.id }).toEqual({ what, id: profile.id }); // a provider may refuse it
  }

  expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });
});

requirement('USR-ID-004', 'one user is made when a token is sent twice', { needs: ['tokens'] }, async (context) => {
  const { token, profile } = await context.signIn();

  const again = profileOf(await context.client.authenticate(token));

  expect(again.id).toBe(profile.id);
  expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });
});

requirement('USR-ID-005', 'the id is the same when name and e-mail are others', {}, async (context) => {
  const { person, profile } = await context.signIn();
  const { name, email, picture } = context.newPerson();

  const again = await context.signIn({ ...person, name, email, picture });

  expect(again.profile.id).toBe(profile.id);
  expect(await context.presence(profile.id)).toEqual({ [profile.id]: PRESENT });
});

requirement('USR-ID-019', 'others are as they were when one signs in again', {}, async (context) => {
  // One by one, for who was signed in at once comes in any order: it is the neighbour in a list that is mistaken.
  const signedIn = [await context.signIn(), await context.signIn(), await context.signIn()];
  for (const again of signedIn) {
    const others = signedIn.filter((one) => one !== again).map(({ profile }) => profile.id);
    const before = await context.view(...others);

    await context.signIn({ ...again.person, name: 'Changed' });

    expect(await context.view(...others)).toEqual(before);
  }
});
