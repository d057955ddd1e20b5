import { fileURLToPath } from 'node:url';
import type { TargetSpec } from '../../target/protocol/session.ts';
import { readRevision } from './git.ts';
import type { ProviderVersion } from './publish-results.ts';
import type { BrokerSettings } from './settings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The version of the provider under test: what the environment says, else the commit of the folder that it was started in. A URL
 * or an image says nothing of where it came from: undefined.
 */
export async function findProviderVersion(
  spec: TargetSpec,
  { provider: said }: BrokerSettings,
): Promise<ProviderVersion | undefined> {
  const folder = spec.kind === 'command' ? spec.cwd : spec.kind === 'embedded' ? ROOT : undefined;
  const git = folder === undefined ? undefined : await readRevision(folder);
  const version = said.version ?? git?.version;
  return version === undefined ? undefined : { version, branch: said.branch ?? git?.branch };
}
