import { expect } from '@jest/globals';
import { profileUnlessRefused } from '../../support/answers.ts';
import { core } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoServerError } from '../../support/tolerance.ts';
import { GONE, PRESENT } from '../../support/view.ts';

/** Enough that two of them meet where a dozen bits tell users apart. */
const MANY = 200;

requirement('USR-ID-001', 'two people are two users when both signed in', {}, async (context) => {
  const ada = await context.signIn();
  const bob = await context.signIn();
  const ids = [ada.profile.id, bob.profile.id];

  expect(new Set(ids).size).toBe(2);
  expect(await context.presence(...ids)).toEqual({ [ids[0]!]: PRESENT, [ids[1]!]: PRESENT });
  expect(core(await context.user(ada.profile.id))).toEqual(core(ada.profile));
  expect(core(await context.user(bob.profile.id))).toEqual(core(bob.profile));
});

requirement('USR-ID-002', 'a user is as it was when another was disconnected', {}, async (context) => {
  const [stays, goes] = (await context.signInMany(2)).map(({ profile }) => profile.id);
  const before = await context.view(stays!);

  await context.disconnect(goes!);

  expect(await context.view(stays!)).toEqual(before);
  expect(await context.presence(goes!)).toEqual({ [goes!]: GONE });
});

requirement(
  'USR-ID-032',
  'the person of the body signs in when the token of another is in the header',
  {},
  async (context) => {
    const [ada, bob] = [await context.signIn(), await context.signIn()];
    for (const scheme of ['Bearer ', '']) {
      const authorization = `${scheme}${ada.token.access_token}`;
      for (const person of [bob.person, context.newPerson()]) {
        const answer = await context.client.authenticate(await context.mint.signIn(person), { authorization });
        const id = profileUnlessRefused(answer)?.id; // two tokens at once may be refused
        if (id === undefined) continue;
        if (person === bob.person) expect({ scheme, id }).toEqual({ scheme, id: bob.profile.id });
        expect({ scheme, id }).not.toEqual({ scheme, id: ada.profile.id });
      }
    }
  },
);

requirement(
  'USR-ID-031',
  'nobody else is found or disconnected when claims hold the id of a user',
  {},
  async (context) => {
    const owner = (await context.signIn()).profile;
    const called: string[] = [];
    for (const claims of [{ nickname: owner.id }, { name: owner.id }, { email: owner.id }, { subject: owner.id }]) {
      const token = await context.mint.signIn(context.newPerson(claims));
      const profile = profileUnlessRefused(await context.client.authenticate(token)); // who wants other names may refuse it
      if (profile) called.push(profile.id);
    }

    expect(core(await context.user(owner.id))).toEqual(core(owner));
    const others = Object.fromEntries(called.map((id) => [id, PRESENT]));
    for (const time of ['first', 'second']) {
      expectNoServerError(context, `the ${time} disconnect`, await context.client.disconnect(owner.id));
      const presence = await context.presence(owner.id, ...called);
      expect({ time, ...presence }).toEqual({ time, [owner.id]: GONE, ...others });
    }
  },
);

requirement(
  'USR-ID-016',
  'each of two hundred users has its own e-mail and name when all are read',
  { once: true }, // two who met in one key are proof; others may not meet again
  async (context) => {
    const signedIn = await context.signInMany(MANY);
    const byId = new Map(signedIn.map(({ profile, person }) => [profile.id, person]));

    const listed = (await context.users()).filter(({ id }) => byId.has(id));
    const found = await Promise.all(signedIn.map(({ profile }) => context.user(profile.id)));

    expect(byId.size).toBe(MANY);
    expect(listed).toHaveLength(MANY);
    for (const { id, email, name } of [...listed, ...found]) {
      const person = byId.get(id)!;
      expect({ email, name }).toEqual({ email: email && person.email, name: name && person.name });
    }
  },
);

requirement('USR-ID-017', 'ids are unique when many are signed in', {}, async (context) => {
  await context.signInMany(20);

  const ids = (await context.users()).map(({ id }) => id);

  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  expect(twice).toEqual([]);
});

requirement('USR-ID-018', 'no id is used again when others sign in after a disconnect', {}, async (context) => {
  const before = await context.signInMany(10);
  for (const { profile } of before) await context.disconnect(profile.id);

  const after = await context.signInMany(20);

  const old = before.map(({ profile }) => profile.id);
  expect(after.map(({ profile }) => profile.id).filter((id) => old.includes(id))).toEqual([]);
});
