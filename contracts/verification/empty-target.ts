import { openClient } from '../../target/http.ts';
import { openTarget } from '../../target/open.ts';
import type { Session } from '../../target/protocol/session.ts';
import type { Target } from '../../target/target.ts';
import { Unavailable } from './scene.ts';

/**
 * An instance of the target in which nobody is signed in, for the states that need one: a fresh instance where the target can
 * be started again, else the target itself as long as nobody is signed in to it. Started at the first call; the users of a
 * live server are never touched.
 */
export class EmptyTargetSource implements AsyncDisposable {
  readonly #session: Session;
  readonly #signal: AbortSignal;
  #target: Promise<Target> | undefined;

  constructor(session: Session, signal: AbortSignal) {
    this.#session = session;
    this.#signal = signal;
  }

  /** Its base URL. Rejects with `Unavailable` when there is none. */
  readonly get = async (): Promise<string> => {
    const { target, tokens } = this.#session;
    if (!target.can.includes('fresh') || !('issuer' in tokens)) {
      if (await isEmpty(target.baseUrl)) return target.baseUrl;
      throw new Unavailable('others are signed in to this target, and no fresh instance of it can be started');
    }
    const environment = { issuer: tokens.issuer, audience: tokens.audience };
    this.#target ??= openTarget(target.spec, { environment, dir: this.#session.dir, signal: this.#signal });
    return (await this.#target).baseUrl;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    const target = await this.#target?.catch(() => undefined);
    await target?.[Symbol.asyncDispose]();
  }
}

async function isEmpty(baseUrl: string): Promise<boolean> {
  const { iterable } = (await openClient(baseUrl).snapshot()).json() as { iterable?: unknown[] };
  return (iterable ?? []).length === 0;
}
