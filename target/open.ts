import { fileURLToPath } from 'node:url';
import { CommandTarget } from './command-target.ts';
import type { TargetSpec } from './protocol/session.ts';
import type { Target, TargetEnvironment } from './target.ts';
import { UrlTarget } from './url-target.ts';

export interface OpenOptions {
  readonly environment: TargetEnvironment;
  /** The run's temporary folder: data, logs and the process records are made below it. */
  readonly dir: string;
  /** Ends the waiting; what was started is stopped. */
  readonly signal?: AbortSignal;
  /** How long it may take until `GET /users` answers 200, in milliseconds. Default 30,000. */
  readonly readyWithinMs?: number;
  /** How long it may take to end after SIGTERM, in milliseconds. Default 20,000. */
  readonly endWithinMs?: number;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts a target on fresh data, or attaches to one that runs. Every call with a command starts another instance.
 * Rejects with a TargetError, and has then left nothing behind.
 */
export async function openTarget(spec: TargetSpec, options: OpenOptions): Promise<Target> {
  const { environment, dir, signal, readyWithinMs = 30_000, endWithinMs = 20_000 } = options;
  const common = { spec, environment, dir, signal, readyWithinMs, endWithinMs };
  switch (spec.kind) {
    case 'embedded':
      return CommandTarget.open({ ...common, command: [process.execPath, `${ROOT}provider/server.ts`], cwd: ROOT });
    case 'command':
      return CommandTarget.open({ ...common, command: spec.command, cwd: spec.cwd });
    case 'url':
      return UrlTarget.open(spec, signal);
    case 'image': {
      const { ImageTarget } = await import('./image-target.ts'); // costs half a second: other runs need not pay it
      return ImageTarget.open({ ...common, spec });
    }
  }
}
