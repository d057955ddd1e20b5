import type { OAuthToken } from '../../target/mint.ts';
import type { Person } from '../../target/person.ts';
import { SIGN_IN } from './bodies.ts';
import type { Context } from './context.ts';
import type { Place } from './place.ts';
import { RawHttp, type RawOutcome, requestBytes } from './raw-http.ts';
import { expectNoTrace, showLast } from './traces.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** A sign-in whose framing is ours: header lines beside Host and Content-Type, and the bytes of the body. */
export interface Framing {
  readonly lines: readonly string[];
  readonly body: string;
}

/** How long a server may take to answer, or to close, what it cannot read to its end: it may rightly wait for more. */
export const PATIENCE_MS = 1500;

/** What came of one request on a connection of its own; `silent` when the server still waited at the end. */
export async function ask(
  baseUrl: string,
  bytes: string | Buffer,
  { withinMs = PATIENCE_MS, toHead = false } = {},
): Promise<RawOutcome> {
  using connection = await RawHttp.open(baseUrl);
  await connection.send(bytes);
  const outcome = await connection.receive({ withinMs, toHead });
  connection.reset();
  return outcome;
}

/** A 2xx, or a 5xx but 501 and 505. */
const TAKEN_OR_BROKEN = /^(2\d\d|500|50[2-46-9])$/;

/** Each framing, by its name, is that of a sign-in with a good token. None may make a user, nor be answered by such a status. */
export async function expectFramingRefused(
  context: Context,
  framings: Readonly<Record<string, (json: string) => Framing>>,
  statuses = TAKEN_OR_BROKEN,
): Promise<void> {
  const { baseUrl } = context.session.target;
  const attempts = await Promise.all(
    Object.entries(framings).map(async ([what, frame]) => {
      const person = context.newPerson();
      const { lines, body } = frame(JSON.stringify(await context.mint.signIn(person)));
      return { what, person, answer: await ask(baseUrl, signInBytes(baseUrl, lines, body)) };
    }),
  );
  await expectNoTrace(context, attempts);
  for (const { what, answer } of attempts) expectNoneOf(context, what, answer, statuses);
}

export const signInBytes = (baseUrl: string, lines: readonly string[], body: string): string =>
  requestBytes(baseUrl, `POST ${SIGN_IN}`, ['Content-Type: application/json', ...lines], body);

/** The outcome is no answer with such a status. A closed connection, and a server that waits for more, are as good. */
export function expectNoneOf(place: Place, what: string, outcome: RawOutcome, statuses: RegExp): void {
  if (outcome.kind === 'garbage') {
    showLast(place, outcome);
    throw new Unsatisfied(`HTTP or nothing after ${what}`, outcome.why);
  }
  if (outcome.kind === 'answer' && statuses.test(String(outcome.status))) {
    showLast(place, outcome);
    throw new Unsatisfied(
      `${wordsFor(statuses)} after ${what}`,
      `status ${outcome.status}: ${outcome.body}`.slice(0, 300),
    );
  }
}

function wordsFor(statuses: RegExp): string {
  if (!statuses.test('200')) return 'no 5xx';
  return statuses.test('503') ? 'neither 2xx nor 5xx' : 'no 2xx';
}

/** Sign-ins that got stuck half-way, one a connection, and who was to be signed in by them. */
export interface Stuck extends Disposable {
  readonly people: readonly Person[];
}

/** Opens this many connections to a place and sends on each what `frame` makes of a good token. */
export async function openStuck(
  context: Context,
  { baseUrl }: Place,
  count: number,
  frame: (token: OAuthToken) => Framing,
): Promise<Stuck> {
  const people = Array.from({ length: count }, () => context.newPerson());
  const connections = await Promise.all(
    people.map(async (person) => {
      const { lines, body } = frame(await context.mint.signIn(person));
      const connection = await RawHttp.open(baseUrl);
      await connection.send(signInBytes(baseUrl, lines, body));
      return connection;
    }),
  );
  return {
    people,
    [Symbol.dispose]() {
      for (const connection of connections) connection.reset();
    },
  };
}
