import type { Server } from 'node:http';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import { addBodyParsers } from './body.ts';
import { type Clock, createClock } from './clock.ts';
import { addGuards } from './guards.ts';
import { createHandlers } from './handlers.ts';
import { type Serializer, serializeUser } from './serializer.ts';
import type { Settings } from './settings.ts';
import { createSnapshots } from './snapshot.ts';
import { openStore, type Store } from './store.ts';
import { createVerifier, type Verifier } from './verifier.ts';

/** What the provider is built from. Each part can be another one. */
export interface Parts {
  readonly store: Store;
  readonly verify: Verifier;
  readonly clock: Clock;
  readonly serialize: Serializer;
  readonly snapshots: typeof createSnapshots;
  readonly handlers: typeof createHandlers;
  readonly guard: typeof addGuards;
  readonly readBodies: typeof addBodyParsers;
  /** The address it will listen on: requests that name it are served. */
  readonly host: string;
  /** Laid over the provider's own. */
  readonly options?: FastifyHttpOptions<Server>;
  /** Adds hooks of its own before those of the provider. */
  readonly extend?: (app: FastifyInstance) => void;
}

/** The parts that a provider with these settings is made of. Opens the database; throws when it cannot. */
export function createParts(settings: Settings): Parts {
  return {
    store: openStore(settings.dataDir),
    verify: createVerifier(settings),
    clock: createClock(),
    serialize: serializeUser,
    snapshots: createSnapshots,
    handlers: createHandlers,
    guard: addGuards,
    readBodies: addBodyParsers,
    host: settings.host,
  };
}
