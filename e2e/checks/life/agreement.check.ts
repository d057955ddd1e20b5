import { expect } from '@jest/globals';
import type { Place, SignedIn } from '../../support/place.ts';
import { core } from '../../support/profile.ts';
import { quietPlace } from '../../support/quiet-place.ts';
import { requirement } from '../../support/requirement.ts';

requirement('USR-LIFE-006', 'all three say the same after sign-in', { needs: ['tokens'] }, async (context) => {
  await expectAgreement(context, await context.signIn());
});

requirement('USR-LIFE-006', 'all three say the same after a second sign-in with other claims', {}, async (context) => {
  const place = await quietPlace(context); // elsewhere others come and go, and empty a cache
  const { person, profile } = await place.signIn();
  await place.view(profile.id); // once it was read, a cache holds it
  const { name, email } = context.newPerson();

  await expectAgreement(place, await place.signIn({ ...person, name, email }));
});

requirement('USR-LIFE-011', 'the profile is whole and the same everywhere after a comeback', {}, async (context) => {
  const { person, profile } = await context.signIn();
  await context.disconnect(profile.id);

  const back = await context.signIn(person);

  await expectAgreement(context, back);
  expect(Object.keys(core(back.profile) as object).sort()).toEqual(Object.keys(core(profile) as object).sort());
});

async function expectAgreement(place: Place, { profile }: SignedIn): Promise<void> {
  const listed = (await place.users()).filter(({ id }) => id === profile.id);
  const found = await place.user(profile.id);

  const said = { 'sign-in': [core(profile)], snapshot: listed.map(core), 'by id': [core(found)] };
  expect(said).toEqual({ 'sign-in': [core(profile)], snapshot: [core(profile)], 'by id': [core(profile)] });
}
