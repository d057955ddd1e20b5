import { GenericContainer, type WaitStrategy } from 'testcontainers';
import { DATA_DIR, type Surroundings } from './container-surroundings.ts';
import type { TargetEnvironment } from './target.ts';

/** Where the provider listens inside. */
export const INNER_PORT = 8080;

/** What one provider may use. */
const LIMITS = { memory: 2, cpu: 2 };

export interface ProviderContainerOptions {
  readonly image: string;
  readonly environment: TargetEnvironment;
  readonly surroundings: Surroundings;
  /** Processors of the machine that runs it: a limit above that is an error. */
  readonly cpus: number;
  /** Called before the container starts: the time to listen to its output and to wait for its end. */
  readonly onCreated: (id: string) => Promise<void>;
  readonly waitUntilReady: () => Promise<void>;
}

/** A container of a provider, reachable from this machine only. */
export class ProviderContainer extends GenericContainer {
  readonly #onCreated: (id: string) => Promise<void>;

  constructor({ image, environment, surroundings, cpus, onCreated, waitUntilReady }: ProviderContainerOptions) {
    super(image);
    this.#onCreated = onCreated;
    this.withEnvironment({
      HOST: '0.0.0.0',
      PORT: String(INNER_PORT),
      DATA_DIR,
      OIDC_ISSUER: environment.issuer,
      OIDC_AUDIENCE: environment.audience,
      ...(environment.timeZone && { TZ: environment.timeZone }),
    });
    this.withExposedPorts(INNER_PORT);
    this.withNetworkMode(surroundings.network);
    this.withExtraHosts([{ host: 'host.docker.internal', ipAddress: 'host-gateway' }]);
    this.withBindMounts([{ source: surroundings.volume, target: DATA_DIR }]);
    this.withCopyDirectoriesToContainer([{ source: surroundings.seed, target: '/' }]);
    this.withLabels(surroundings.labels);
    this.withResourcesQuota({ memory: LIMITS.memory, cpu: Math.min(LIMITS.cpu, cpus) });
    this.withWaitStrategy(strategyOf(waitUntilReady));
    this.withAutoCleanup(false); // the run's ledger cleans up: no helper image to pull
  }

  // Testcontainers publishes ports on every interface.
  protected override async beforeContainerCreated(): Promise<void> {
    const published: Record<string, { HostIp?: string }[]> = this.hostConfig.PortBindings ?? {};
    for (const binding of Object.values(published).flat()) binding.HostIp = '127.0.0.1';
  }

  protected override async containerCreated(id: string): Promise<void> {
    await this.#onCreated(id);
  }
}

// Testcontainers' own strategies lose the last cause, and know nothing of a restart through the runtime.
function strategyOf(waitUntilReady: () => Promise<void>): WaitStrategy {
  const strategy: WaitStrategy = {
    waitUntilReady,
    withStartupTimeout: () => strategy,
    isStartupTimeoutSet: () => true,
    getStartupTimeout: () => Number.POSITIVE_INFINITY,
  };
  return strategy;
}
