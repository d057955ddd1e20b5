import { setTimeout as wait } from 'node:timers/promises';
import { serveMinimal } from './minimal.ts';

/** Right, but every answer takes its time. */
serveMinimal({
  reply: async (reply) => {
    await wait(1_500);
    return reply;
  },
});
