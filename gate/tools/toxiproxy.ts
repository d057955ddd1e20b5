import { findToxiproxy } from '../../e2e/support/faults/toxiproxy/find.ts';
import type { Config } from '../config/options.ts';
import type { Watch } from '../run/watch.ts';

/** What the e2e stage is told of Toxiproxy: where it is, or why the checks that need it are skipped. */
export type LocatedToxiproxy = { readonly toxiproxy: string } | { readonly noToxiproxy: string };

/** Finds or builds Toxiproxy. A missing one is no crash: the checks that need it are skipped, with this reason. */
export async function locateToxiproxy(config: Config, watch: Watch, signal: AbortSignal): Promise<LocatedToxiproxy> {
  return watch.phase<LocatedToxiproxy>('Toxiproxy', async (tell) => {
    try {
      const found = await findToxiproxy({
        searchPath: config.searchPath,
        cache: config.cache,
        signal,
        tell: (label) => tell({ done: 0, total: 0, label }),
      });
      return { value: { toxiproxy: found.path }, summary: `${found.version} (${found.from})` };
    } catch (error) {
      signal.throwIfAborted();
      const noToxiproxy = (error as Error).message;
      return { value: { noToxiproxy }, summary: noToxiproxy };
    }
  });
}
