import { tmpdir } from 'node:os';
import { findK6 } from '../../load/k6.ts';
import type { Config } from '../config/options.ts';
import { cacheFolder, type Surroundings } from '../config/read.ts';
import { NoEvidenceError } from '../errors.ts';
import type { Watch } from '../run/watch.ts';

/** k6 for the load stage: its options where k6 is there, or why it is missing. */
export interface LocatedK6 {
  readonly options: Readonly<Record<string, unknown>>;
  readonly missing?: string;
}

/** Finds or builds k6. A missing one is no crash: the load stage then gives no evidence, with this reason. */
export async function locateK6(config: Config, watch: Watch, signal: AbortSignal): Promise<LocatedK6> {
  return watch.phase<LocatedK6>('k6', async (tell) => {
    try {
      const k6 = await findK6({
        asked: config.k6,
        searchPath: config.searchPath,
        cache: config.cache,
        temporary: tmpdir(),
        signal,
        tell: (label) => tell({ done: 0, total: 0, label }),
      });
      return { value: { options: { k6: k6.path } }, summary: `${k6.version} (${k6.from})` };
    } catch (error) {
      signal.throwIfAborted();
      const missing = (error as Error).message;
      return { value: { options: {}, missing }, summary: missing };
    }
  });
}

/** k6 for a command that is nothing without it; a missing one ends the command with exit 2. */
export async function requireK6(surroundings: Surroundings): Promise<string> {
  try {
    const { path } = await findK6({
      asked: surroundings.env.K6_BIN,
      searchPath: surroundings.env.PATH ?? '',
      cache: cacheFolder(surroundings),
      temporary: tmpdir(),
      tell: (line) => process.stderr.write(`${line}\n`),
    });
    return path;
  } catch (cause) {
    throw new NoEvidenceError((cause as Error).message, { cause });
  }
}
