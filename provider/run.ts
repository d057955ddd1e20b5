import { type FastifyBaseLogger, LogController } from 'fastify';
import { createApp } from './app.ts';
import { createParts, type Parts } from './parts.ts';
import { readSettings, type Settings } from './settings.ts';

/** Puts other parts in the place of some. */
export type Alteration = (parts: Parts, settings: Settings) => Parts;

/** How long requests may take to end after SIGTERM, in milliseconds. */
const GRACE_MS = 4_000;

// Only what goes wrong here is logged, so a request needs no logger of its own.
const LOGGING = {
  logger: true,
  logController: new LogController({ disableRequestLogging: true }),
  childLoggerFactory: (logger: FastifyBaseLogger) => logger,
};

/**
 * Runs a provider as a program: told everything by its environment, ended gracefully by SIGTERM. What keeps it from starting is
 * one line on stderr and exit code 1.
 */
export async function run(alter: Alteration = (parts) => parts): Promise<void> {
  try {
    const settings = readSettings(process.env);
    const parts = alter({ ...createParts(settings), options: LOGGING }, settings);
    const app = await createApp(parts);
    await app.listen({
      host: settings.host,
      port: settings.port,
      listenTextResolver: (address) => `listening on ${address}`,
    });

    const stop = async () => {
      setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref();
      await app.close(); // answers what is in flight
      parts.store.close();
      process.exit(0);
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    process.stderr.write(`provider: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
