import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Mint, openMint } from '../../target/mint.ts';
import type { Person } from '../../target/person.ts';
import type { CheckResult } from '../../target/protocol/result.ts';
import type { Session } from '../../target/protocol/session.ts';
import { Context } from './context.ts';
import type { Place } from './place.ts';
import { OUTLASTS } from './plan.ts';
import { type Check, runCheck } from './run-check.ts';
import { Unsatisfied } from './unsatisfied.ts';
import type { View } from './view.ts';

/** They stand for at least so long, in milliseconds: time changes nothing either. */
const LEAST_MS = 3_000;

interface Arrived {
  readonly person: Person;
  readonly stays: string;
  readonly gone: string;
  readonly before: View;
  /** When they arrived, in milliseconds of `performance.now()`. */
  readonly since: number;
}

/**
 * Two people who sign in before all checks, of whom one signs out again. After everything that the checks did, the one must
 * be there as it was and come back as the same user, and the other must not be there: whatever loses, changes, forgets or brings
 * back users by and by shows here.
 */
export class Witnesses implements AsyncDisposable {
  readonly #session: Session;
  readonly #mint: Mint;
  readonly #place: Context;
  readonly #arrival: PromiseSettledResult<Arrived> | undefined;

  private constructor(
    session: Session,
    mint: Mint,
    place: Context,
    arrival: PromiseSettledResult<Arrived> | undefined,
  ) {
    this.#session = session;
    this.#mint = mint;
    this.#place = place;
    this.#arrival = arrival;
  }

  /** Signs them in, where the token source lets us say who they are. What goes wrong is told by `decide`. */
  static async call(session: Session): Promise<Witnesses> {
    const mint = await openMint(session.tokens);
    const place = new Context({ session, mint, seed: 0, signal: new AbortController().signal });
    const [arrival] = session.target.can.includes('claims') ? await Promise.allSettled([arrive(place)]) : [];
    return new Witnesses(session, mint, place, arrival);
  }

  /** Call it when all checks have ended. */
  decide(): Promise<CheckResult> {
    const check: Check = {
      requirement: OUTLASTS,
      name: 'who was there before all other checks is there after them, and who was gone is not',
      needs: ['claims'],
      timeoutMs: 60_000,
      once: true, // they cannot arrive again
      run: (context) => this.#look(context),
    };
    return runCheck(check, this.#session, async () => this.#mint);
  }

  async #look(place: Place): Promise<void> {
    if (this.#arrival?.status !== 'fulfilled') throw this.#arrival?.reason;
    const { person, stays, gone, before, since } = this.#arrival.value;
    await sleep(Math.max(0, since + LEAST_MS - performance.now()));
    const after = await place.view(stays, gone);
    if (!isDeepStrictEqual(after[gone], before[gone]))
      throw new Unsatisfied(`${gone}, who signed out before all checks, still away`, JSON.stringify(after[gone]));
    if (!isDeepStrictEqual(after[stays], before[stays]))
      throw new Unsatisfied(
        `${stays} as before all checks: ${JSON.stringify(before[stays])}`,
        JSON.stringify(after[stays]),
      );
    const { profile } = await place.signIn(person);
    if (profile.id !== stays)
      throw new Unsatisfied(`${stays} again, when the one who was there before all checks signs in`, profile.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#place[Symbol.asyncDispose]();
  }
}

async function arrive(place: Place): Promise<Arrived> {
  const { person, profile } = await place.signIn();
  const [stays, gone] = [profile.id, (await place.signIn()).profile.id];
  await place.disconnect(gone);
  return { person, stays, gone, before: await place.view(stays, gone), since: performance.now() };
}
