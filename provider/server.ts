import { createApp } from './app.ts';
import { createClock } from './clock.ts';
import { readSettings } from './settings.ts';
import { openStore } from './store.ts';
import { createVerifier } from './verifier.ts';

/** The reference provider as a program. It is told everything by its environment, and SIGTERM ends it gracefully. */
try {
  const settings = readSettings(process.env);
  const store = openStore(settings.dataDir, createClock());
  const app = await createApp({ store, verify: createVerifier(settings), host: settings.host });
  const address = await app.listen({ host: settings.host, port: settings.port });
  process.stdout.write(`listening on ${address}\n`);

  const stop = async () => {
    await app.close(); // in-flight requests are answered first
    store.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`reference provider: ${(error as Error).message}\n`);
  process.exit(1);
}
