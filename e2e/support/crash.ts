import { type Answer, NoAnswerError } from '../../target/http.ts';
import type { OwnPlace } from './own-place.ts';

/** Kills a target (SIGKILL) the moment each of some kinds of requests has been answered once. */
export class CrashOnAnswers {
  readonly #own: OwnPlace;
  readonly #awaited: Set<string>;
  #crash: Promise<void> | undefined;

  constructor(own: OwnPlace, kinds: readonly string[]) {
    this.#own = own;
    this.#awaited = new Set(kinds);
  }

  /**
   * Waits for the answer to a request of this kind. Undefined where the crash cut it off: then nobody can know whether it
   * took effect.
   */
  async answerTo(kind: string, sent: Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await sent;
      if (this.#crash && mayBeCutOff(answer)) return undefined;
      this.#awaited.delete(kind);
      if (this.#awaited.size === 0) this.#crash ??= this.#own.crash();
      return answer;
    } catch (error) {
      if (error instanceof NoAnswerError && this.#crash) return undefined;
      throw error;
    }
  }

  /** Resolves when the target has ended. */
  async done(): Promise<void> {
    await this.#crash;
  }
}

/** An answer that only the end of its connection ends looks whole wherever a crash cut it. Source: RFC 9112 section 6.3. */
function mayBeCutOff({ headers, json }: Answer): boolean {
  if ('content-length' in headers || 'transfer-encoding' in headers) return false;
  try {
    json();
    return false;
  } catch {
    return true;
  }
}
