import { extend } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';

/** So many requests have a worker; the next one waits until one of them has gone, answered or not. */
export function hasWorkers(count: number): Alteration {
  let free = count;
  const waiting: (() => void)[] = [];
  const giveBack = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return extend((app) => {
    app.addHook('onRequest', async (_request, { raw }) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      raw.once('close', giveBack);
    });
  });
}
