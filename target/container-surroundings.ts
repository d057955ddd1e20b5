import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Runtime, SESSION_LABEL } from './container-runtime.ts';
import { gone } from './container-sweep.ts';

/** The folder in which the image's provider keeps its data; one that no image brings along. */
export const DATA_DIR = '/assay/data';

/** The network and the data volume of one target, and what goes with them. */
export interface Surroundings extends AsyncDisposable {
  readonly network: string;
  readonly volume: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A folder on this machine to copy to the container's root before it starts. */
  readonly seed: string;
}

/**
 * @param session The name of the run's folder.
 * @param home The target's own folder on this machine.
 */
export async function createSurroundings(runtime: Runtime, session: string, home: string): Promise<Surroundings> {
  const { dockerode } = runtime.container;
  const labels = { [SESSION_LABEL]: session };
  const name = `assay-${crypto.randomUUID()}`;
  const network = await dockerode.createNetwork({ Name: name, Labels: labels });
  await dockerode.createVolume({ Name: name, Labels: labels });
  return {
    network: name,
    volume: name,
    labels,
    seed: await makeSeed(home),
    async [Symbol.asyncDispose]() {
      await gone(dockerode.getVolume(name).remove());
      await gone(network.remove());
    },
  };
}

// A new volume belongs to root, an image's user is often another. Copying a folder over it gives everybody the right to write,
// with no need for a shell in the image.
async function makeSeed(home: string): Promise<string> {
  const seed = join(home, 'seed');
  const data = join(seed, DATA_DIR);
  await mkdir(data, { recursive: true });
  await chmod(data, 0o777); // mkdir's mode is cut by the umask
  return seed;
}
