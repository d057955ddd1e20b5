import { expect } from '@jest/globals';
import type { Claims } from '../../../target/claims.ts';
import type { Person } from '../../../target/person.ts';
import { isRefused, profileOf, profileUnlessRefused } from '../../support/answers.ts';
import { SAID, signInBare, without } from '../../support/bare-sign-in.ts';
import { SIGN_IN } from '../../support/bodies.ts';
import type { Context } from '../../support/context.ts';
import { KeptAlive } from '../../support/kept-alive.ts';
import { lookAlikes } from '../../support/look-alikes.ts';
import { core, type Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';
import { PRESENT } from '../../support/view.ts';

requirement('USR-ID-006', 'two are not merged when they have the same e-mail', {}, (context) =>
  expectTwo(context, ({ email }) => ({ email })),
);

requirement('USR-ID-006', 'one is the same user when the other of its e-mail has left', {}, async (context) => {
  const leaving = await context.signIn();
  const { email, name, picture } = leaving.person;
  const staying = context.newPerson({ email, name, picture });
  const signIn = async () =>
    profileUnlessRefused(await context.client.authenticate(await context.mint.signIn(staying)));
  const before = await signIn();
  if (!before) return; // a provider may want unique ones

  await context.disconnect(leaving.profile.id);
  const after = await signIn();

  expect(after?.id).toBe(before.id);
  expect(await context.presence(before.id)).toEqual({ [before.id]: PRESENT });
});

requirement('USR-ID-007', 'two are both there when they share a name and have no nickname', {}, async (context) => {
  const { name } = context.newPerson();
  const ids = await times(2, async () => {
    const token = await context.mint.signIn(context.newPerson({ name }), { claims: without('nickname') });
    return profileUnlessRefused(await context.client.authenticate(token))?.id ?? [];
  });

  const made = ids.flat();
  expect(new Set(made).size).toBe(made.length);
  expect(await context.presence(...made)).toEqual(Object.fromEntries(made.map((id) => [id, PRESENT])));
});

requirement('USR-ID-007', 'two are not merged when all their claims but the subject are the same', {}, (context) =>
  expectTwo(context, ({ email, name, picture, nickname }) => ({ email, name, picture, nickname })),
);

requirement('USR-ID-007', 'two are not merged when their tokens say no more than the subject', {}, async (context) => {
  const users = await times(2, () => signInBare(context));

  const ids = users.flatMap((profile) => profile?.id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
});

requirement('USR-ID-027', 'no two have the same username when a dozen have one nickname', {}, async (context) => {
  const { name, nickname } = context.newPerson();
  const people = Array.from({ length: 12 }, () => context.newPerson({ name, nickname }));
  for (const person of people)
    profileUnlessRefused(await context.client.authenticate(await context.mint.signIn(person)));

  expect(twice(await context.users())).toEqual([]);
});

requirement('USR-ID-027', 'no two have the same username when they share their claims', {}, async (context) => {
  for (const { person, claims = {} } of lookAlikes(context))
    profileUnlessRefused(await context.client.authenticate(await context.mint.signIn(person, { claims })));

  expect(twice(await context.users())).toEqual([]);
});

requirement('USR-ID-028', 'each stays who it is when one takes on a claim of the other', {}, async (context) => {
  for (const claim of ['name', 'nickname', 'email', 'picture'] as const) {
    const [first, second] = [await context.signIn(), await context.signIn()];
    const person = { ...second.person, [claim]: first.person[claim] };

    const again = profileUnlessRefused(await context.client.authenticate(await context.mint.signIn(person)));

    expect({ claim, id: again?.id ?? second.profile.id }).toEqual({ claim, id: second.profile.id });
    expect(core(await context.user(first.profile.id))).toEqual(core(first.profile));
    expect((await context.user(second.profile.id)).id).toBe(second.profile.id);
  }
});

requirement('USR-ID-028', 'each has the rest of its own when two share one claim', {}, async (context) => {
  for (const claim of ['name', 'nickname', 'email', 'picture'] as const) {
    const first = await context.signIn();
    const person = context.newPerson({ [claim]: first.person[claim] });
    const profile = profileUnlessRefused(await context.client.authenticate(await context.mint.signIn(person)));

    for (const { person: own, profile: made } of profile ? [first, { person, profile }] : [first]) {
      const { name, email, picture } = await context.user(made.id);
      const of = (value: unknown, said: string) => value && said; // what is not sent is nobody else's
      expect({ shared: claim, name, email, picture }).toEqual({
        shared: claim,
        name: of(name, own.name),
        email: of(email, own.email),
        picture: of(picture, own.picture),
      });
    }
  }
});

requirement(
  'USR-ID-028',
  'each has the rest of its own when one lacks a claim and shares another',
  {},
  async (context) => {
    // Each claim of another's, so that it shows where it came from.
    const [{ name }, { picture }, { nickname }] = [context.newPerson(), context.newPerson(), context.newPerson()];
    const first = context.newPerson({ name, picture, nickname });
    using connection = new KeptAlive(context.session.target.baseUrl);
    const signIn = async (person: Person, claims: Claims = {}) => {
      const made = profileUnlessRefused(await connection.post(SIGN_IN, await context.mint.signIn(person, { claims })));
      if (made) context.remember(made.id);
      return made;
    };

    for (const lacking of SAID)
      for (const shared of SAID.filter((claim) => claim !== lacking)) {
        await signIn(first); // right before: nothing of it may be left, of its connection neither
        const person = context.newPerson({ [shared]: first[shared] });
        const made = await signIn(person, without(lacking));
        if (!made) continue; // a provider may want the claim, or unique ones

        const profile = await context.user(made.id);
        const told = JSON.stringify([made, profile]);
        const another = SAID.filter((claim) => claim !== shared && told.includes(first[claim]));
        const wrong = SAID.filter((claim) => claim !== lacking && claim !== 'nickname').filter(
          (claim) => profile[claim] && profile[claim] !== person[claim],
        );
        expect({ lacking, shared, wrong, another }).toEqual({ lacking, shared, wrong: [], another: [] });
      }
  },
);

/** Usernames that two have; that none at all are sent is right too. */
function twice(users: readonly Profile[]): unknown[] {
  const usernames = users.map(({ username }) => username).filter(isName);
  return usernames.filter((username, at) => usernames.indexOf(username) !== at);
}

const isName = (username: unknown): boolean => typeof username === 'string' && username !== '';

/** A provider that keeps e-mails or names unique may refuse the second: then the first must be as it was. */
async function expectTwo(context: Context, shared: (person: Person) => Partial<Person>): Promise<void> {
  const first = await context.signIn();
  const token = await context.mint.signIn(context.newPerson(shared(first.person)));
  const answer = await context.client.authenticate(token);

  if (!isRefused(answer)) {
    const second = profileOf(answer);
    if (second.id === first.profile.id)
      throw new Unsatisfied('another id for the second subject', `both are ${second.id}`);
    expect(core(await context.user(second.id))).toEqual(core(second));
  }
  expect(core(await context.user(first.profile.id))).toEqual(core(first.profile));
}
