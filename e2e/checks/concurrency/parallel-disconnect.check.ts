import { expect } from '@jest/globals';
import { RACE, race } from '../../support/race.ts';
import { requirement } from '../../support/requirement.ts';
import { times } from '../../support/times.ts';
import { GONE, PRESENT } from '../../support/view.ts';

requirement(
  'USR-CONC-003',
  'a user is gone and no answer is 5xx when it is disconnected fifty times at once',
  RACE,
  async (context) => {
    await race(context, async (send) => {
      const [goes, stays] = (await context.signInMany(2)).map(({ profile }) => profile.id);
      const before = await context.view(stays!);

      const answers = await send(() => times(50, () => context.client.disconnect(goes!)));

      expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
      expect(answers.map(({ status }) => status)).toContain(200);
      expect(await context.presence(goes!)).toEqual({ [goes!]: GONE });
      expect(await context.view(stays!)).toEqual(before);
    });
  },
);

requirement(
  'USR-CONC-004',
  'all are gone and nobody else when fifty are disconnected at once',
  RACE,
  async (context) => {
    await race(context, async (send) => {
      const ids = (await context.signInMany(55)).map(({ profile }) => profile.id);
      const [go, stay] = [ids.slice(5), ids.slice(0, 5)];
      const before = await context.view(...stay);

      await send(() => Promise.all(go.map((id) => context.disconnect(id))));

      expect(await context.presence(...go)).toEqual(Object.fromEntries(go.map((id) => [id, GONE])));
      expect(await context.view(...stay)).toEqual(before);
    });
  },
);

requirement('USR-CONC-005', 'all count when forty come and forty go at once', RACE, async (context) => {
  await race(context, async (send) => {
    const leaving = (await context.signInMany(40)).map(({ profile }) => profile.id);
    const signIn = await context.prepareSignIns(Array.from({ length: 40 }, () => context.newPerson()));

    const [coming] = await send(() =>
      Promise.all([signIn(), Promise.all(leaving.map((id) => context.disconnect(id)))]),
    );

    const came = coming.map(({ profile }) => profile.id);
    expect(await context.presence(...leaving, ...came)).toEqual(
      Object.fromEntries([...leaving.map((id) => [id, GONE]), ...came.map((id) => [id, PRESENT])]),
    );
  });
});

requirement('USR-CONC-006', 'reads agree when one person comes and goes at once', RACE, async (context) => {
  for (let round = 1; round <= 3; round += 1) {
    await race(context, async (send) => {
      const { person, profile } = await context.signIn();
      const signIn = await context.prepareSignIns(Array(10).fill(person));
      const [again] = await send(() => Promise.all([signIn(), times(10, () => context.client.disconnect(profile.id))]));

      const ids = [...new Set([profile.id, ...again.map((signedIn) => signedIn.profile.id)])];
      const presence = await context.presence(...ids);
      const there = ids.filter((id) => presence[id]?.found);
      expect(there.length).toBeLessThanOrEqual(1);
      expect(presence).toEqual(Object.fromEntries(ids.map((id) => [id, there.includes(id) ? PRESENT : GONE])));
    });
  }
});
