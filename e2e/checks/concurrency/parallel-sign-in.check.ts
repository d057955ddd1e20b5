import { expect } from '@jest/globals';
import { expectRefused, profileUnlessRefused } from '../../support/answers.ts';
import { NotOffered } from '../../support/cannot-tell.ts';
import { timeOf } from '../../support/profile.ts';
import { RACE, race } from '../../support/race.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';
import { PRESENT } from '../../support/view.ts';
import { whileWriting } from '../../support/while-writing.ts';

/** It takes luck that two of thirty requests meet where it hurts: so often they are sent. */
const OFTEN = 5;

requirement(
  'USR-CONC-001',
  'one user is made when a person signs in a hundred times at once',
  RACE,
  async (context) => {
    await race(context, async (send) => {
      const person = context.newPerson();

      const signIn = await context.prepareSignIns(Array(100).fill(person));
      const signedIn = await send(signIn);

      const ids = [...new Set(signedIn.map(({ profile }) => profile.id))];
      expect(ids).toHaveLength(1);
      expect(await context.presence(...ids)).toEqual({ [ids[0]!]: PRESENT });
      expect((await context.usersLike(person)).length).toBeLessThanOrEqual(1);
    });
  },
);

requirement(
  'USR-CONC-001',
  'twenty users are made when twenty sign in five times each at once',
  RACE,
  async (context) => {
    await race(context, async (send) => {
      // The five of each come one right behind the other: who is new is looked up by the second before the first has made it.
      const people = Array.from({ length: 20 }, () => context.newPerson());

      const signIn = await context.prepareSignIns(people.flatMap((person) => Array(5).fill(person)));
      const signedIn = await send(signIn);

      const ids = people.map((person) => [
        ...new Set(signedIn.filter((each) => each.person === person).map(({ profile }) => profile.id)),
      ]);
      expect(ids.filter((each) => each.length !== 1)).toEqual([]);
      expect(await context.presence(...ids.flat())).toEqual(Object.fromEntries(ids.flat().map((id) => [id, PRESENT])));
    });
  },
);

requirement('USR-CONC-002', 'a hundred users are made when a hundred people sign in at once', RACE, async (context) => {
  await race(
    context,
    async (send) => {
      const signIn = await context.prepareSignIns(Array.from({ length: 100 }, () => context.newPerson()));
      const signedIn = await send(signIn);

      const ids = signedIn.map(({ profile }) => profile.id);
      expect(new Set(ids).size).toBe(100);
      for (const { profile, person } of signedIn) {
        const { email, name } = profile;
        expect({ email, name }).toEqual({ email: email && person.email, name: name && person.name });
      }
      expect(await context.presence(...ids)).toEqual(Object.fromEntries(ids.map((id) => [id, PRESENT])));
    },
    2, // more would be a thousand users
  );
});

requirement(
  'USR-CONC-002',
  'eight users are made when eight people are the first to sign in, at once',
  { ...RACE, needs: ['claims', 'fresh'] },
  async (context) => {
    const own = await context.openOwn(); // which has yet to ask the issuer for its keys
    const signIn = await own.prepareSignIns(Array.from({ length: 8 }, () => context.newPerson()));

    const ids = (await own.volley(signIn)).map(({ profile }) => profile.id);

    expect(await own.presence(...ids)).toEqual(Object.fromEntries(ids.map((id) => [id, PRESENT])));
    expect(await own.users()).toHaveLength(8);
  },
);

requirement(
  'USR-CONC-002',
  'nobody is taken for another when thirty of one e-mail and name sign in at once',
  RACE,
  async (context) => {
    await race(
      context,
      async (send) => {
        const { email, name } = context.newPerson();
        const tokens = await times(30, () => context.mint.signIn(context.newPerson({ email, name })));

        const answers = await send(() => times(30, (at) => context.client.authenticate(tokens[at])));

        // Who keeps e-mails unique may refuse all but one.
        const ids = answers.flatMap((answer) => profileUnlessRefused(answer)?.id ?? []);
        expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
        expect(await context.presence(...ids)).toEqual(Object.fromEntries(ids.map((id) => [id, PRESENT])));
      },
      OFTEN,
    );
  },
);

requirement('USR-CONC-016', 'the claims are of one token when many of a person come at once', RACE, async (context) => {
  await race(context, async (send) => {
    const person = context.newPerson();
    const claims = Array.from({ length: 30 }, () => context.newPerson()).map(({ name, email }) => ({ name, email }));

    const signIn = await context.prepareSignIns(claims.map((its) => ({ ...person, ...its })));
    const signedIn = await send(signIn);
    const found = await context.user(signedIn[0]!.profile.id);

    if (found.name === undefined || found.email === undefined)
      throw new NotOffered('the target sends no name or no e-mail');
    for (const { name, email } of [found, ...signedIn.map(({ profile }) => profile)]) {
      expect(claims).toContainEqual({ name, email });
    }
  });
});

requirement(
  'USR-CONC-016',
  'every read shows the claims of one token when others replace them',
  RACE,
  async (context) => {
    const { person, profile } = await context.signIn();
    const others = Array.from({ length: 12 }, () => context.newPerson()).map(({ name, email }) => ({ name, email }));
    const pairs = new Set([person, ...others].map((its) => `${its.name}, ${its.email}`));
    const replace = async () => {
      for (const its of others) await context.signIn({ ...person, ...its });
    };
    const read = async () => {
      const found = await context.user(profile.id);
      const listed = (await context.users()).filter(({ id }) => id === profile.id);
      if (found.name === undefined || found.email === undefined)
        throw new NotOffered('the target sends no name or e-mail');
      const mixed = [found, ...listed].map(({ name, email }) => `${name}, ${email}`).find((pair) => !pairs.has(pair));
      if (mixed) throw new Unsatisfied('the name and the e-mail of one token', mixed);
    };

    await whileWriting([replace, replace], [read, read, read]);
  },
);

requirement(
  'USR-CONC-017',
  'one created is answered when a person signs in many times at once',
  RACE,
  async (context) => {
    await race(
      context,
      async (send) => {
        const person = context.newPerson();

        const signIn = await context.prepareSignIns(Array(30).fill(person));
        const signedIn = await send(signIn);
        const found = await context.user(signedIn[0]!.profile.id);

        const created = timeOf(found, 'created');
        if (created === undefined) throw new NotOffered('the target sends no created');
        expect([...new Set(signedIn.map(({ profile }) => timeOf(profile, 'created')))]).toEqual([created]);
      },
      OFTEN,
    );
  },
);

requirement(
  'USR-CONC-018',
  'good tokens make users and bad ones none when they come at once',
  { ...RACE, needs: ['forge'] },
  async (context) => {
    await race(context, async (send) => {
      const strangers = Array.from({ length: 30 }, () => context.newPerson());
      const forged = await Promise.all(
        strangers.map((person) => context.mint.accessToken(person, { sign: 'foreign' })),
      );
      const signIn = await context.prepareSignIns(Array.from({ length: 30 }, () => context.newPerson()));

      // The bad ones first: what one of them breaks is still to be used.
      const [refused, good] = await send(() =>
        Promise.all([
          Promise.all(
            forged.map((access_token) =>
              context.client.authenticate({ access_token, token_type: 'Bearer', expires_in: 3600 }),
            ),
          ),
          signIn(),
        ]),
      );

      refused.forEach(expectRefused);
      const ids = good.map(({ profile }) => profile.id);
      expect(await context.presence(...ids)).toEqual(Object.fromEntries(ids.map((id) => [id, PRESENT])));
      const text = JSON.stringify(await context.users());
      expect(strangers.filter(({ nickname }) => text.includes(nickname))).toEqual([]);
    });
  },
);
