import { setTimeout as sleep } from 'node:timers/promises';
import { TargetError } from './error.ts';
import { NoAnswerError, openClient } from './http.ts';

const POLL_MS = 25;
const PROBE_TIMEOUT_MS = 5000;

export interface Waiting {
  readonly baseUrl: string;
  readonly withinMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Throws when waiting is pointless, because the target has ended. */
  readonly check: () => void | Promise<void>;
  /** The end of the target's output, for the message. */
  readonly tail: () => string;
}

/** Waits until `GET /users` answers 200. Throws a TargetError (TARGET_NEVER_READY) that holds the last cause. */
export async function waitUntilReady({ baseUrl, withinMs, signal, check, tail }: Waiting): Promise<void> {
  const deadline = performance.now() + withinMs;
  const client = openClient(baseUrl);
  let last: string | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const left = Math.max(1, deadline - performance.now());
    const cause = await client
      .send('GET', '/users', { timeoutMs: Math.min(left, PROBE_TIMEOUT_MS) })
      .then(({ status }) => (status === 200 ? undefined : `it answered ${status}`), reasonOf);
    await check();
    if (cause === undefined) return;
    const isOver = performance.now() + POLL_MS > deadline;
    // The last probe is cut short by our own deadline: what the one before it saw says more.
    if (!isOver || left >= PROBE_TIMEOUT_MS || last === undefined) last = cause;
    if (isOver) throw neverReady(baseUrl, withinMs, last, tail());
    await sleep(POLL_MS, undefined, { signal });
  }
}

const reasonOf = (error: unknown): string => (error instanceof NoAnswerError ? error.exchange.error! : String(error));

function neverReady(baseUrl: string, withinMs: number, cause: string, tail: string): TargetError {
  const line = `GET ${baseUrl}/users gave no 200 within ${withinMs / 1000} s: ${cause}`;
  return new TargetError('TARGET_NEVER_READY', tail ? `${line}\n${tail}` : line);
}
