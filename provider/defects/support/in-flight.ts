import { extend } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';

/** Counts the requests that are under way. */
export function countsRequests(): { readonly alteration: Alteration; now(): number; mostEver(): number } {
  let [running, most] = [0, 0];
  return {
    alteration: extend((app) => {
      app.addHook('onRequest', async (_request, reply) => {
        running += 1;
        most = Math.max(most, running);
        reply.raw.once('close', () => {
          running -= 1;
        });
      });
    }),
    now: () => running,
    mostEver: () => most,
  };
}
