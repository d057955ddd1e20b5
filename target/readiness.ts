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
  for (;;) {
    signal?.throwIfAborted();
    const left = deadline - performance.now();
    const cause = await client
      .send('GET', '/users', { timeoutMs: Math.max(1, Math.min(left, PROBE_TIMEOUT_MS)) })
      .then(({ status }) => (status === 200 ? undefined : `it answered ${status}`), reasonOf);
    await check();
    if (cause === undefined) return;
    if (performance.now() + POLL_MS > deadline) throw neverReady(baseUrl, withinMs, cause, tail());
    await sleep(POLL_MS, undefined, { signal });
  }
}

const reasonOf = (error: unknown): string => (error instanceof NoAnswerError ? error.exchange.error! : String(error));

function neverReady(baseUrl: string, withinMs: number, cause: string, tail: string): TargetError {
  const line = `GET ${baseUrl}/users gave no 200 within ${withinMs / 1000} s: ${cause}`;
  return new TargetError('TARGET_NEVER_READY', tail ? `${line}\n${tail}` : line);
}
