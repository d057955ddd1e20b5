import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, NoAnswerError } from '../../../target/http.ts';
import { type Issuer, startIssuer } from '../../../target/issuer.ts';
import type { Mint, OAuthToken, SignInOverrides } from '../../../target/mint.ts';
import type { Person } from '../../../target/person.ts';
import { reachFrom } from '../../../target/reach.ts';
import { profileOf } from '../answers.ts';
import type { Context } from '../context.ts';
import type { OwnPlace } from '../own-place.ts';
import type { Profile } from '../profile.ts';
import { Unsatisfied } from '../unsatisfied.ts';
import { mintOf } from './mint-of.ts';

/** A sign-in must be answered within this, whatever has become of the issuer, in milliseconds. */
const ANSWER_WITHIN_MS = 30_000;
/** So long after the issuer is well again sign-in must work: a provider rightly waits between two looks at the keys. */
const RECOVER_WITHIN_MS = 60_000;
/** The longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE_MS = 1_000;

/** What a stranger's token says of its key: the issuer may have been asked for ours before, and must be asked for another. */
const STRANGERS = [
  ['our kid', {}],
  ['a kid that nobody has', { kid: 'nobody-at-all' }],
  ['no kid', { kid: undefined }],
] as const;

/** An issuer of the check's own, which it may break, and a target that trusts no other. */
export class Trust implements AsyncDisposable {
  readonly issuer: Issuer;
  readonly own: OwnPlace;
  readonly #mint: Mint;
  readonly #context: Context;

  private constructor(context: Context, issuer: Issuer, mint: Mint, own: OwnPlace) {
    this.#context = context;
    this.issuer = issuer;
    this.#mint = mint;
    this.own = own;
  }

  /**
   * Starts both; `prepare` comes between. The issuer is well while the target starts: a provider may rightly want to see it then.
   */
  static async open(context: Context, prepare?: (issuer: Issuer) => Promise<void>): Promise<Trust> {
    const issuer = await startIssuer(await reachFrom(context.session.target.spec));
    try {
      await prepare?.(issuer);
      return await Trust.in(issuer, context);
    } catch (error) {
      await issuer[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Starts a target that trusts this issuer; disposing of the trust disposes of the issuer. */
  static async in(issuer: Issuer, context: Context): Promise<Trust> {
    const mint = mintOf(issuer);
    const own = await context.openOwn({ issuer: issuer.url, audience: issuer.audience }, mint);
    return new Trust(context, issuer, mint, own);
  }

  /** A good token, signed with a key of now. */
  prepare(person: Person, overrides?: SignInOverrides): Promise<OAuthToken> {
    return this.#mint.signIn(person, overrides);
  }

  /** Somebody comes with a good token. It fails unless there is an answer, whichever, in time. */
  async attempt(person: Person = this.#context.newPerson(), token?: OAuthToken): Promise<Answer> {
    return this.#authenticate(token ?? (await this.prepare(person)));
  }

  /** Somebody comes with a token that names this key (`kid`), which the issuer does not have. */
  async attemptWithKey(kid: string): Promise<Answer> {
    const access_token = await this.#mint.accessToken(this.#context.newPerson(), { sign: 'foreign', header: { kid } });
    return this.#authenticate({ access_token, token_type: 'Bearer', expires_in: 3600 });
  }

  /** Somebody comes with tokens that another signed, one after the other, and must be nobody's guest: not now and not later. */
  async expectStrangerKeptOut(when: string): Promise<void> {
    for (const stranger of STRANGERS) await this.#expectKeptOut(stranger, when);
  }

  /** The same with all tokens at once: where each must wait for the issuer. */
  async expectStrangersKeptOut(when: string): Promise<void> {
    await Promise.all(STRANGERS.map((stranger) => this.#expectKeptOut(stranger, when)));
  }

  /** The issuer is well again: sign-in must work in time, by itself. Tries as a patient client does, ever more slowly. */
  async expectRecovery(person: Person = this.#context.newPerson()): Promise<Profile> {
    const startedAt = performance.now();
    for (let pauseMs = 50; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const answer = await this.attempt(person);
      const tookMs = performance.now() - startedAt;
      if (answer.status === 200) {
        this.#context.measure('recoveredMs', Math.round(tookMs));
        return profileOf(answer);
      }
      if (tookMs > RECOVER_WITHIN_MS)
        throw new Unsatisfied(
          `sign-in works within ${RECOVER_WITHIN_MS / 1000} s of the issuer's being well again`,
          `still status ${answer.status} after ${Math.round(tookMs / 1000)} s: ${answer.text.slice(0, 300)}`,
        );
      await sleep(pauseMs, undefined, { signal: this.#context.signal });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.issuer[Symbol.asyncDispose]();
  }

  /** Who gets no answer is kept out: that there is one is for other checks to say. Strangers may rightly wait for each other. */
  async #expectKeptOut([whose, header]: (typeof STRANGERS)[number], when: string): Promise<void> {
    const person = this.#context.newPerson();
    const access_token = await this.#mint.accessToken(person, { sign: 'foreign', header });
    const status = await this.#authenticate({ access_token, token_type: 'Bearer', expires_in: 3600 }).then(
      (answer) => answer.status,
      (error) => {
        if (!(error instanceof NoAnswerError)) throw error;
      },
    );
    const what = `by a token that a stranger signed, under ${whose}, ${when}`;
    if (status !== undefined && status >= 200 && status <= 299)
      throw new Unsatisfied(`no sign-in ${what}`, `status ${status}`);
    const [user] = await this.own.usersLike(person);
    if (user) throw new Unsatisfied(`no user made ${what}`, JSON.stringify(user));
  }

  #authenticate(token: object): Promise<Answer> {
    return this.own.client.send('POST', '/users/authenticate/from_token', {
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(token),
      timeoutMs: ANSWER_WITHIN_MS,
    });
  }
}
