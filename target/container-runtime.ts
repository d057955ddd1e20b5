import { type ContainerRuntimeClient, getContainerRuntimeClient } from 'testcontainers';
import { TargetError } from './error.ts';

export type Runtime = ContainerRuntimeClient;
export type Container = ReturnType<Runtime['container']['getById']>;

/** Everything we make in the container runtime carries it; its value is the name of the run's folder. */
export const SESSION_LABEL = 'assay.session';

/** The container runtime of this machine, found as Testcontainers finds it. Throws a TargetError (TARGET_NOT_FOUND). */
export async function openRuntime(): Promise<Runtime> {
  try {
    return await getContainerRuntimeClient();
  } catch (cause) {
    const hint = 'start Docker (or set DOCKER_HOST), or hand the provider over with --provider-command';
    throw new TargetError('TARGET_NOT_FOUND', `no container runtime answers here: ${hint}`, { cause });
  }
}
