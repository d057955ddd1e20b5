import { type Container, openRuntime, SESSION_LABEL } from './container-runtime.ts';

/** Removes every container, network and volume that carries the label of this run. Resolves to what they were. */
export async function sweepContainers(session: string): Promise<string[]> {
  const { dockerode } = (await openRuntime()).container;
  const filters = { label: [`${SESSION_LABEL}=${session}`] };
  const containers = await dockerode.listContainers({ all: true, filters });
  for (const { Id } of containers) await removeContainer(dockerode.getContainer(Id));
  const networks = await dockerode.listNetworks({ filters });
  for (const { Id } of networks) await gone(dockerode.getNetwork(Id).remove());
  const { Volumes: volumes } = await dockerode.listVolumes({ filters });
  for (const { Name } of volumes) await gone(dockerode.getVolume(Name).remove());
  return [
    ...containers.map(({ Names, Id }) => `container ${Names[0] ?? Id}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...volumes.map(({ Name }) => `volume ${Name}`),
  ];
}

/** Kills a container and removes it with its anonymous volumes; resolves when it is gone, whoever removes it. */
export async function removeContainer(container: Container): Promise<void> {
  await container.remove({ force: true, v: true }).catch(async (error: { statusCode?: number }) => {
    if (error.statusCode === 409) return gone(container.wait({ condition: 'removed' })); // somebody else is about it
    if (error.statusCode !== 404) throw error;
  });
}

/** Waits for a removal; that there is nothing to remove is no error. */
export async function gone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: { statusCode?: number }) => {
    if (error.statusCode !== 404) throw error;
  });
}
