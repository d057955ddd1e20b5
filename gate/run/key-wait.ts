import { setTimeout as sleep } from 'node:timers/promises';
import { openClient } from '../../target/http.ts';
import type { Ledger } from '../../target/ledger.ts';
import type { Mint } from '../../target/mint.ts';
import type { Person } from '../../target/person.ts';

/** How long a running target may hold on to the keys of an issuer that ran at the same address before, in milliseconds. */
const PATIENCE_MS = 15_000;
const POLL_MS = 500;

/**
 * Waits until a running target takes a token of the issuer that was just started for it: after another run it rightly holds
 * that one's keys, and rightly does not look for new ones at every token. Signs out whom it signed in. A target that takes none
 * in time, or does not answer, is left to the checks: this judges nothing.
 */
export async function waitForOurKeys(
  target: { readonly baseUrl: string; readonly mint: Pick<Mint, 'signIn'>; readonly person: Person },
  options: {
    readonly signal: AbortSignal;
    /** A run that is killed meanwhile leaves this user to the next one. */
    readonly ledger: Pick<Ledger, 'recordUser' | 'forgetUser'>;
    readonly withinMs?: number;
    readonly everyMs?: number;
  },
): Promise<void> {
  const { signal, ledger, withinMs = PATIENCE_MS, everyMs = POLL_MS } = options;
  const client = openClient(target.baseUrl, { timeoutMs: withinMs });
  const deadline = performance.now() + withinMs;
  try {
    for (;;) {
      signal.throwIfAborted();
      const answer = await client.authenticate(await target.mint.signIn(target.person));
      if (answer.status < 300) {
        const id = String((answer.json() as { id?: unknown } | null)?.id);
        ledger.recordUser(id, target.baseUrl);
        await client.disconnect(id);
        ledger.forgetUser(id, target.baseUrl);
        return;
      }
      if (performance.now() + everyMs > deadline) return;
      await sleep(everyMs, undefined, { signal });
    }
  } catch {
    signal.throwIfAborted();
  }
}
