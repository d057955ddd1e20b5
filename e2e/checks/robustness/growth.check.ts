import { profileOf } from '../../support/answers.ts';
import type { Context } from '../../support/context.ts';
import { KeptAlive } from '../../support/kept-alive.ts';
import type { OwnPlace } from '../../support/own-place.ts';
import type { SignedIn } from '../../support/place.ts';
import { requirement } from '../../support/requirement.ts';
import { stopwatch, type Times, took } from '../../support/stopwatch.ts';
import { times } from '../../support/times.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** What a provider goes through in a round, and how many rounds. */
const STAY = 20;
const COME_AND_GO = 10;
const REFUSED = 15;
const READS = 20;
const ROUNDS = 10;
/** So much more, in milliseconds, is no list, index or journal of a few hundred entries, read from its beginning to its end. */
const LONGER_MS = 250;
/** From here on nothing needs to get any slower. */
const MUCH_LONGER_MS = 400;
/** An answer, or a start, is slow when each of so many is, beside one of a provider to which nothing has happened. */
const PAIRS = 5;
/** A start of so long, in milliseconds, is compared with that of a provider to which nothing has happened. */
const START_MS = 3_000;

/** A provider, and what happened to it. */
interface Worn {
  readonly own: OwnPlace;
  readonly kept: KeptAlive;
  readonly first: SignedIn;
  last: SignedIn;
}

requirement(
  'USR-ROB-053',
  'each answer comes about as soon after hundreds of users, sign-outs, refusals and reads as before them',
  { needs: ['claims', 'fresh'], timeoutMs: 240_000, once: true },
  async (context) => {
    const [worn, unworn] = await Promise.all([open(context), open(context)]);
    using _kept = worn.kept;
    using _alsoKept = unworn.kept;
    const forged = altered((await context.mint.signIn(context.newPerson())).access_token);
    const ask = (of: Worn) => timesOf(context, of, forged);

    let isSlow = false;
    for (let round = 0; round < ROUNDS && !isSlow; round += 1) {
      await wear(worn, forged);
      isSlow = slower([await ask(worn)], [await ask(unworn)], MUCH_LONGER_MS).length > 0;
    }
    const after: Times[] = [];
    const before: Times[] = [];
    let found: string[];
    do {
      after.push(await ask(worn));
      before.push(await ask(unworn));
      found = slower(after, before, LONGER_MS);
    } while (found.length > 0 && after.length < PAIRS);
    if (found.length > 0)
      throw new Unsatisfied('each answer about as soon as where nothing has happened', found.join('; '));
    await expectQuickStart(context, worn, unworn);
  },
);

async function open(context: Context): Promise<Worn> {
  const own = await context.openOwn();
  const first = await own.signIn();
  return { own, kept: new KeptAlive(own.baseUrl), first, last: first };
}

/** Some sign in and stay, some come and go, some are refused, and who is there is read, over one connection that is kept. */
async function wear(worn: Worn, forged: string): Promise<void> {
  const { own, kept, first } = worn;
  worn.last = (await own.signInMany(STAY)).at(-1)!;
  const guests = await own.signInMany(COME_AND_GO);
  await Promise.all(guests.map(({ profile }) => own.client.disconnect(profile.id)));
  await times(REFUSED, (index) => own.client.authenticate(refused(`${forged}${index}`)));
  for (let read = 0; read < READS; read += 1) await kept.get(pathOf(first));
}

const pathOf = ({ profile }: SignedIn): string => `/users/${encodeURIComponent(profile.id)}`;

/** Another signature of the same length under the same key's name: nobody is asked for keys. */
function altered(token: string): string {
  const [head, payload, signature = ''] = token.split('.');
  return [head, payload, signature.split('').reverse().join('')].join('.');
}

const refused = (access_token: string) => ({ access_token, token_type: 'Bearer', expires_in: 300 });

/** How long each kind of answer takes, in milliseconds: one of each, one after the other. */
async function timesOf(context: Context, { own, kept, first, last }: Worn, forged: string): Promise<Times> {
  const { client } = own;
  const { times: all, timed } = stopwatch();
  const token = await context.mint.signIn(context.newPerson());

  await timed('a snapshot', () => client.snapshot());
  await timed('a look-up of the first user', () => client.one(first.profile.id));
  await timed('a look-up of the last user', () => client.one(last.profile.id));
  await timed('a look-up over a connection that was kept', () => kept.get(pathOf(first)));
  await timed('a sign-in of somebody known', () => client.authenticate(last.token));
  const answer = await timed('a sign-in of somebody new', () => client.authenticate(token));
  await timed('a sign-out', () => client.disconnect(profileOf(answer).id));
  await timed('a refusal', () => client.authenticate(refused(forged)));
  return all;
}

/** What took longer each time than it ever did where nothing had happened, in words. */
function slower(after: readonly Times[], before: readonly Times[], byMs: number): string[] {
  return Object.keys(after[0]!).flatMap((what) => {
    const least = Math.min(...after.map((all) => all[what]!));
    const most = Math.max(...before.map((all) => all[what]!));
    return least > most + byMs
      ? [`${what} took ${Math.round(least)} ms or more, and ${Math.round(most)} ms at most there`]
      : [];
  });
}

/** Whoever starts slowly anyway starts slowly with nothing to read, too. */
async function expectQuickStart(context: Context, worn: Worn, unworn: Worn): Promise<void> {
  const startMs = async ({ own }: Worn) => {
    await own.terminate();
    return took(() => own.start());
  };
  const after: number[] = [];
  const before: number[] = [];
  do {
    after.push(await startMs(worn));
    context.measure('startMs', Math.min(...after));
    if (Math.min(...after) <= START_MS) return;
    before.push(await startMs(unworn));
    if (Math.min(...after) <= Math.max(...before) + START_MS) return;
  } while (after.length < PAIRS); // a container starts as late as its runtime has time for it
  throw new Unsatisfied(
    'a start about as quick as where nothing has happened',
    `${seconds(Math.min(...after))} or more, and ${seconds(Math.max(...before))} at most there`,
  );
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
