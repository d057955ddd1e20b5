import { Model, readSchemas } from '../../../contracts/model.ts';
import type { Person } from '../../../target/person.ts';
import { profileUnlessRefused, usersOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import type { Place } from '../../support/place.ts';
import type { Profile } from '../../support/profile.ts';
import { requirement } from '../../support/requirement.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

const MODEL = new Model(readSchemas());

/** More than a page of users, and than a small list is tuned for. */
const MANY = 70;

requirement(
  'USR-LIFE-045',
  'a profile is as the model has it when it changes, goes and comes back',
  {},
  async (context) => {
    await Promise.all(context.newAccounts().map((person) => expectModelForLife(context, person)));
  },
);

requirement('USR-LIFE-045', 'a profile is as the model has it when its person is an odd one', {}, async (context) => {
  await Promise.all(oddPeople(context).map((person) => expectModelForLife(context, person)));
});

requirement('USR-LIFE-045', 'profiles are as the model has them when there are many', {}, async (context) => {
  const ids = new Set((await context.signInMany(MANY)).map(({ profile }) => profile.id));
  const shown = usersOf(await context.client.snapshot()).filter(({ id }) => ids.has(id));
  for (const profile of shown) expectModel(profile, `the snapshot of ${MANY} and more`);
  const [first, ...rest] = ids;
  for (const profile of await context.disconnect(first!)) if (ids.has(profile.id)) expectModel(profile, 'a disconnect');
  for (const id of rest) expectModel(await context.user(id), `one of ${MANY}`);
});

requirement(
  'USR-DUR-024',
  'profiles are as the model has them when the provider was restarted',
  { needs: ['claims', 'fresh', 'restart'] },
  async (context) => {
    const own = await context.openOwn();
    const people = [...context.newAccounts(), ...oddPeople(context)];
    for (const person of people) await signInTo(own, context, person);
    for (const person of people.slice(0, 3)) await signInTo(own, context, { ...person, name: 'Grace' });

    await own.restart();

    for (const profile of await own.users()) {
      expectModel(profile, 'the snapshot after a restart');
      expectModel(await own.user(profile.id), 'a profile after a restart');
    }
    for (const person of people) {
      const profile = await signInTo(own, context, person);
      if (profile) expectModel(profile, 'a sign-in after a restart');
    }
  },
);

/** Signs in three times with changes, out, and in again, and holds every answer against the model. */
async function expectModelForLife(context: Context, person: Person): Promise<void> {
  const id = await expectSignIns(context, person, ['a first sign-in', 'a second sign-in', 'a third sign-in']);
  if (id === undefined) return;
  await context.disconnect(id);
  await expectSignIns(context, person, ['a comeback', 'a sign-in after a comeback']);
}

/** The id; undefined where the provider refuses this person. */
async function expectSignIns(context: Context, person: Person, whens: readonly string[]): Promise<string | undefined> {
  let id: string | undefined;
  for (const when of whens) {
    const { email, picture } = context.newPerson();
    const changed = id === undefined ? person : { ...person, name: `${person.name} ${when}`, email, picture };
    const profile = await signInTo(context, context, changed);
    if (!profile) return undefined;
    id = profile.id;
    expectModel(profile, when);
    expectModel(await context.user(id), `a profile after ${when}`);
    const shown = (await context.users()).find((user) => user.id === id);
    if (shown) expectModel(shown, `the snapshot after ${when}`);
  }
  return id;
}

/** Undefined where the provider refuses this person. */
const signInTo = async (place: Place, { mint }: Context, person: Person): Promise<Profile | undefined> =>
  profileUnlessRefused(await place.client.authenticate(await mint.signIn(person)));

/** Subjects that do not part into a service and an id, and names that look like other types of JSON or YAML. */
function oddPeople(context: Context): Person[] {
  const mark = () => context.newPerson().nickname;
  const subjects = [
    `github|a|${mark()}`,
    `google-oauth2|${mark()}|1`,
    `auth0|a|${mark()}`,
    mark(),
    `|${mark()}`,
    `${mark()}|`,
    `oauth2|my-idp|${mark()}|`,
  ];
  const names = ['1234567', '007', '1e5', 'true', 'null', '2026-01-02', '[]', '{"id":1}'];
  return [
    ...subjects.map((subject) => context.newPerson({ subject })),
    ...names.map((name) => context.newPerson({ name })),
  ];
}

function expectModel(profile: Profile, where: string): void {
  const violations = MODEL.violations('UserProfile', profile);
  if (violations.length === 0) return;
  throw new Unsatisfied(
    `a UserProfile as the model has it in ${where}`,
    `${[...new Set(violations.map(({ message }) => message))].join('; ')}: ${JSON.stringify(profile)}`.slice(0, 600),
  );
}
