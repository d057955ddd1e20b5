import { openClient } from '../../target/http.ts';
import { openTarget } from '../../target/open.ts';
import type { Session } from '../../target/protocol/session.ts';
import type { Target } from '../../target/target.ts';
import { Unavailable } from './scene.ts';

/**
 * An instance of the target in which nobody is signed in, for the states that need one: a fresh instance where the target can
 * be started again, else the target itself as long as nobody is signed in to it. The users of a live server are never touched.
 */
export class EmptyTargetSource implements AsyncDisposable {
  readonly #session: Session;
  readonly #signal: AbortSignal;
  readonly #started: Target[] = [];

  constructor(session: Session, signal: AbortSignal) {
    this.#session = session;
    this.#signal = signal;
  }

  /** Its base URL. Rejects with `Unavailable` when there is none. Not to be called twice at once. */
  readonly get = async (): Promise<string> => {
    const { target, tokens, dir } = this.#session;
    if (!target.can.includes('fresh') || !('issuer' in tokens)) {
      if (await isEmpty(target.baseUrl)) return target.baseUrl;
      throw new Unavailable('others are signed in to this target, and no fresh instance of it can be started');
    }
    const last = this.#started.at(-1);
    // A new one may hold whom it likes: that is for the check to judge. A used one that could not be emptied proves nothing.
    if (last && (await isEmpty(last.baseUrl))) return last.baseUrl;
    const environment = { issuer: tokens.issuer, audience: tokens.audience };
    const fresh = await openTarget(target.spec, { environment, dir, signal: this.#signal });
    this.#started.push(fresh);
    return fresh.baseUrl;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#started.map((target) => target[Symbol.asyncDispose]()));
  }
}

async function isEmpty(baseUrl: string): Promise<boolean> {
  const { iterable } = (await openClient(baseUrl).snapshot()).json() as { iterable?: unknown[] };
  return (iterable ?? []).length === 0;
}
