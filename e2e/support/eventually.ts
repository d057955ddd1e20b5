import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until the answer is good enough or the time is up, and answers with the last one: for what a server may
 * rightly still be doing after its client went away, when no event tells that it has ended.
 */
export async function eventually<Value>(
  read: () => Promise<Value>,
  isGood: (value: Value) => boolean,
  withinMs = 10_000,
  pauseMs = 50,
): Promise<Value> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await read();
    if (isGood(value) || performance.now() > deadline) return value;
    await sleep(pauseMs);
  }
}
