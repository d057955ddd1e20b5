import type { Answer } from '../../target/http.ts';
import type { Person } from '../../target/person.ts';
import { profileOf, usersOf } from './answers.ts';
import type { Place } from './place.ts';
import { type Profile, stable } from './profile.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** Something that was tried for a person who must get nothing by it. */
export interface Attempt {
  /** What was tried, in a few words. */
  readonly what: string;
  readonly person: Person;
  readonly answer?: Pick<Answer, 'exchange'> | undefined;
}

/** The users who bear the mark of a person, in the order of the people. They are disconnected at the end, however they were made. */
export async function tracesOf(place: Place, people: readonly Person[]): Promise<(Profile | undefined)[]> {
  const users = usersOf(await place.client.snapshot()).map((user) => ({ user, text: JSON.stringify(user) }));
  const found = people.map(({ nickname }) => users.find(({ text }) => text.includes(nickname))?.user);
  for (const user of found) if (user) place.remember(user.id);
  return found;
}

/**
 * No user bears the mark of these people: nobody was made, and nobody was given their e-mail address, name or picture,
 * whatever the answers said.
 */
export async function expectNoTrace(place: Place, attempts: readonly Attempt[]): Promise<void> {
  const traces = await tracesOf(
    place,
    attempts.map(({ person }) => person),
  );
  for (const [index, { what, answer }] of attempts.entries()) {
    const found = traces[index];
    if (!found) continue;
    if (answer) showLast(place, answer);
    throw new Unsatisfied(
      `no user made or changed by ${what}`,
      `${answer ? `${statusOf(answer)}, and in the snapshot ` : ''}${JSON.stringify(found).slice(0, 300)}`,
    );
  }
}

const statusOf = ({ exchange: { status, error } }: Pick<Answer, 'exchange'>): string =>
  status === undefined ? `no answer (${error})` : `status ${status}`;

/** The user is there and as it was; `what` was tried meanwhile, and `tried` is what it was answered. */
export async function expectUnchanged(place: Place, before: Profile, what: string, tried?: Answer): Promise<void> {
  const answer = await place.client.one(before.id);
  if (answer.status !== 200) {
    if (tried) showLast(place, tried);
    throw new Unsatisfied(`the user still there after ${what}`, `by id it is status ${answer.status}`);
  }
  const changed = differing(stable(before) as Profile, stable(profileOf(answer)) as Profile);
  if (changed.length === 0) return;
  if (tried) showLast(place, tried);
  throw new Unsatisfied(`the user unchanged by ${what}`, changed.join('; '));
}

/** The members that are not the same in both, in words. */
const differing = (was: Profile, is: Profile): string[] =>
  Object.keys({ ...was, ...is })
    .map((name) => ({ name, before: JSON.stringify(was[name]), after: JSON.stringify(is[name]) }))
    .filter(({ before, after }) => before !== after)
    .map(({ name, before, after }) => `${name} was ${before} and is ${after}`);

/** An answer that refuses: any 4xx, since providers rightly differ in which. */
export function expectRefusal(place: Place, what: string, answer: Answer): void {
  if (answer.status >= 400 && answer.status <= 499) return;
  showLast(place, answer);
  throw new Unsatisfied(`a refusal (4xx) of ${what}`, `status ${answer.status}: ${answer.text.slice(0, 300)}`);
}

/** The report shows the last exchanges of a check: the one that tells must be among them. */
export function showLast({ client }: Place, { exchange }: Pick<Answer, 'exchange'>): void {
  client.exchanges.push(exchange);
}
