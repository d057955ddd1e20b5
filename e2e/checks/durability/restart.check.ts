import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Claims } from '../../../target/claims.ts';
import { profileUnlessRefused } from '../../support/answers.ts';
import { NOTHING, SAID, without } from '../../support/bare-sign-in.ts';
import type { Context } from '../../support/context.ts';
import { eventually } from '../../support/eventually.ts';
import { hangUpAfterPost } from '../../support/hang-up.ts';
import { lookAlikes } from '../../support/look-alikes.ts';
import { NAMES_LIKE_CODE, NAMES_OF_MANY_SCRIPTS } from '../../support/names.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import { core, inOrderOfIds, type Profile, timeOf } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoServerError } from '../../support/tolerance.ts';
import { GONE, PRESENT } from '../../support/view.ts';

/** What ends a line, a record or a text somewhere; a provider may refuse such names. */
const SEPARATORS = ['\n', '\r', '\t', '\0', '\u001E', '\u0085', '\u2028', '\u2029', '\uFEFF'];

/** Changes enough for any log to be written anew: so many times one after the other, so many at once. */
const REWRITTEN = { times: 15, atOnce: 10 };
/** What a server does for clients that have gone is done by then, in milliseconds. */
const HUNG_UP_MS = 1_000;
/** What a server writes down behind an answer (who was last seen, and when) is written by then, in milliseconds. */
const WRITTEN_BEHIND_MS = 3_000;
/** More than a second: times may be told in whole ones. */
const WHOLE_SECOND_MS = 1_100;

const RESTART = { needs: ['claims', 'fresh', 'restart'] } as const;

requirement('USR-DUR-001', 'users are as they were when the provider was restarted', RESTART, async (context) => {
  const { own, ids } = await ownWith(context, 5);
  const before = await own.view(...ids);

  await own.restart();

  expect(await own.view(...ids)).toEqual(before);
});

requirement('USR-DUR-001', 'namesakes are as they were when the provider was restarted', RESTART, async (context) => {
  const own = await context.openOwn();
  const { name, nickname } = context.newPerson();
  const namesakes = Array.from({ length: 8 }, () => context.newPerson({ name, nickname }));
  const ids = (await own.signInAll(namesakes)).map(({ profile }) => profile.id);
  const before = await own.view(...ids);

  await own.restart();

  expect(await own.view(...ids)).toEqual(before);
});

requirement(
  'USR-DUR-001',
  'people who resemble each other are as they were when the provider was restarted',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const ids: string[] = [];
    for (const { person, claims = {} } of lookAlikes(context)) {
      const profile = profileUnlessRefused(
        await own.client.authenticate(await context.mint.signIn(person, { claims })),
      );
      if (profile) ids.push(profile.id); // it may keep e-mails unique, or want them
    }
    const before = await own.view(...ids);
    await own.restart();
    expect({ after: 'a restart', ...(await own.view(...ids)) }).toEqual({ after: 'a restart', ...before });

    // And those who resemble one who has left.
    await own.disconnect(ids[0]!);
    const left = await own.view(...ids);
    await own.restart();
    expect({ after: 'a disconnect', ...(await own.view(...ids)) }).toEqual({ after: 'a disconnect', ...left });
  },
);

requirement(
  'USR-DUR-001',
  'users who came again are as they were when the provider was restarted',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const comeAgain = async (claims: Claims, { leave = false } = {}): Promise<string | undefined> => {
      const { person, profile } = await own.signIn();
      if (leave) await own.disconnect(profile.id);
      const changed = { ...context.newPerson(), subject: person.subject };
      return profileUnlessRefused(await own.client.authenticate(await context.mint.signIn(changed, { claims })))?.id;
    };
    const ids = [await comeAgain({}), await comeAgain({}, { leave: true }), await comeAgain(NOTHING)];
    for (const claim of SAID) ids.push(await comeAgain(without(claim)));
    const taken = ids.filter((id) => id !== undefined);
    const before = await own.view(...taken);

    await own.restart();

    expect(await own.view(...taken)).toEqual(before);
  },
);

requirement(
  'USR-DUR-007',
  'a disconnected user stays away when it was read just before, and seconds passed',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const signedIn = await own.signInMany(4);
    await own.signInAll(signedIn.map(({ person }) => person));
    const ids = signedIn.map(({ profile }) => profile.id);
    await own.view(...ids);
    for (const id of ids.slice(1)) await own.disconnect(id);
    const left = Object.fromEntries(ids.map((id, at) => [id, at === 0 ? PRESENT : GONE]));

    await sleep(WRITTEN_BEHIND_MS);
    expect({ after: 'some seconds', ...(await own.presence(...ids)) }).toEqual({ after: 'some seconds', ...left });
    await own.restart();
    expect({ after: 'a restart', ...(await own.presence(...ids)) }).toEqual({ after: 'a restart', ...left });
  },
);

requirement(
  'USR-DUR-007',
  'a disconnected user stays away when the provider was restarted',
  RESTART,
  async (context) => {
    const { own, ids } = await ownWith(context, 3);
    await own.disconnect(ids[1]!);

    await own.restart();

    expect(await own.presence(...ids)).toEqual({ [ids[0]!]: PRESENT, [ids[1]!]: GONE, [ids[2]!]: PRESENT });
    const again = await own.client.disconnect(ids[1]!);
    expectNoServerError(own, 'a disconnect of who left before the restart', again);
    expect(await own.presence(...ids)).toEqual({ [ids[0]!]: PRESENT, [ids[1]!]: GONE, [ids[2]!]: PRESENT });

    // And when nobody is left, for an empty list is easily taken for nothing to save.
    await own.disconnect(ids[0]!);
    await own.disconnect(ids[2]!);
    await own.restart();
    expect(await own.users()).toEqual([]);
  },
);

requirement('USR-DUR-008', 'a person is the same user when it signs in after a restart', RESTART, async (context) => {
  const own = await context.openOwn();
  const { person, profile } = await own.signIn();

  await own.restart();
  const again = await own.signIn(person);

  expect(again.profile.id).toBe(profile.id);
  expect(timeOf(again.profile, 'created')).toBe(timeOf(profile, 'created'));
  expect((await own.users()).map(({ id }) => id)).toEqual([profile.id]);
});

requirement(
  'USR-DUR-022',
  'a username is not given twice when the provider was restarted in between',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const first = await own.signIn();

    await own.restart();
    const namesake = context.newPerson({ nickname: first.person.nickname, name: first.person.name });
    const token = await context.mint.signIn(namesake);
    await own.client.authenticate(token); // may be refused, or be given another name, or none

    const names = (await own.users()).flatMap(({ username }) => (username ? [username] : []));
    if (first.profile.username) expect(names).toContain(first.profile.username);
    expect(names).toEqual([...new Set(names)]);
  },
);

requirement(
  'USR-DUR-009',
  'a disconnected user can come back when the provider was restarted',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const { person, profile } = await own.signIn();
    await own.disconnect(profile.id);

    await own.restart();
    const back = await own.signIn(person);

    expect((await own.users()).map(({ id }) => id)).toEqual([back.profile.id]);
  },
);

requirement('USR-DUR-010', 'nothing changes when the provider is restarted three times', RESTART, async (context) => {
  const own = await context.openOwn();
  const signedIn = await own.signInMany(4);
  const ids = signedIn.map(({ profile }) => profile.id);
  await own.disconnect(ids[0]!);
  await sleep(WHOLE_SECOND_MS);
  await own.signIn({ ...signedIn[1]!.person, name: context.newPerson().name }); // was updated later than created
  const before = await own.view(...ids);

  for (let round = 1; round <= 3; round += 1) {
    await own.restart();
    expect({ round, view: await own.view(...ids) }).toEqual({ round, view: before });
  }
});

requirement('USR-DUR-018', 'a thousand users are there when the provider was restarted', RESTART, async (context) => {
  const own = await context.openOwn();
  const signedIn = [];
  for (let batch = 0; batch < 20; batch += 1) signedIn.push(...(await own.signInMany(50)));
  signedIn.push(...(await own.signInMany(5))); // pages end at round numbers

  await own.restart();

  const sorted = (profiles: readonly Profile[]) => inOrderOfIds(profiles).map(core);
  expect(sorted(await own.users())).toEqual(sorted(signedIn.map(({ profile }) => profile)));
});

requirement('USR-DUR-019', 'odd names are as they were when the provider was restarted', RESTART, async (context) => {
  const own = await context.openOwn();
  const people = [...NAMES_OF_MANY_SCRIPTS, ...NAMES_LIKE_CODE].map((name) => context.newPerson({ name }));
  const ids = (await own.signInAll(people)).map(({ profile }) => profile.id);
  const { nickname } = context.newPerson();
  const addressed = context.newPerson({
    email: `${nickname}+tag@example.com`,
    picture: `https://example.com/${nickname}.png?size=200&name=a+b%20c`,
  });
  const separated = SEPARATORS.map((separator) => context.newPerson({ name: `Ada${separator}Lovelace` }));
  for (const person of [addressed, ...separated]) {
    const token = await context.mint.signIn(person);
    const profile = profileUnlessRefused(await own.client.authenticate(token));
    if (profile) ids.push(profile.id);
  }
  const before = await own.view(...ids);

  await own.restart();

  expect(await own.view(...ids)).toEqual(before);
});

requirement(
  'USR-DUR-021',
  'long and bare users are there when the provider was restarted',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const long = context.newPerson({
      name: '\u{1f9d1}\u{1f3fe}'.repeat(250),
      picture: `https://example.com/${'p'.repeat(1_900)}.png`,
    });
    const ids: string[] = [];
    for (const [person, claims = {}] of [[long], [context.newPerson(), NOTHING], [context.newPerson()]] as const) {
      const token = await context.mint.signIn(person, { claims });
      const profile = profileUnlessRefused(await own.client.authenticate(token));
      if (profile) ids.push(profile.id);
    }
    const before = await own.view(...ids);

    await own.restart();
    expect({ after: 'a restart', ...(await own.view(...ids)) }).toEqual({ after: 'a restart', ...before });

    // A log with more changes than users is written anew: somebody comes again and again.
    const regular = context.newPerson();
    for (let at = 0; at < REWRITTEN.times; at += 1) await own.signInAll(Array(REWRITTEN.atOnce).fill(regular));
    await own.restart();
    expect({ after: 'many changes', ...(await own.view(...ids)) }).toEqual({ after: 'many changes', ...before });
  },
);

requirement(
  'USR-DUR-025',
  'a user that was read is there after a restart when its client had hung up',
  RESTART,
  async (context) => {
    const own = await context.openOwn();
    const people = Array.from({ length: 20 }, () => context.newPerson());
    const tokens = await Promise.all(people.map((person) => context.mint.signIn(person)));
    await Promise.all(
      tokens.map((token) =>
        hangUpAfterPost(own.target.baseUrl, '/users/authenticate/from_token', JSON.stringify(token)),
      ),
    );
    // It may drop what nobody waits for: those count that it shows.
    const shown = await eventually(
      () => own.users(),
      (users) => users.length === people.length,
      HUNG_UP_MS,
    );
    const ids = shown.map(({ id }) => id);
    const before = await own.view(...ids);

    await own.restart();

    expect(await own.view(...ids)).toEqual(before);
    context.measure('read', ids.length);
  },
);

requirement(
  'USR-DUR-020',
  'no id is used again when others sign in after a disconnect and a restart',
  RESTART,
  async (context) => {
    const { own, ids } = await ownWith(context, 5);
    for (const id of ids.slice(-3)) await own.disconnect(id);
    await own.restart();

    const after = (await own.signInMany(5)).map(({ profile }) => profile.id);

    expect(after.filter((id) => ids.includes(id))).toEqual([]);
  },
);

requirement(
  'USR-DUR-017',
  'nobody is there when a provider starts on fresh data',
  { needs: ['fresh', 'claims'] },
  async (context) => {
    await ownWith(context, 1);

    const other = await context.openOwn();

    expect(await other.users()).toEqual([]);
  },
);

async function ownWith(context: Context, count: number): Promise<{ own: OwnPlace; ids: string[] }> {
  const own = await context.openOwn();
  const signedIn = await own.signInMany(count);
  return { own, ids: signedIn.map(({ profile }) => profile.id) };
}
