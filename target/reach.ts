import { createServer } from 'node:net';
import type { TargetSpec } from './protocol/session.ts';

/** Where a server of ours (an issuer, a proxy) must be so that a provider reaches it. */
export interface Reach {
  /** The address to listen on. */
  readonly bind: string;
  /** What the provider calls it in a URL. */
  readonly host: string;
}

const LOOPBACK: Reach = { bind: '127.0.0.1', host: '127.0.0.1' };

/** How a provider that is handed over in this way reaches us. */
export async function reachFrom(spec: TargetSpec): Promise<Reach> {
  return spec.kind === 'image' ? reachFromContainers() : LOOPBACK;
}

/**
 * The gateway of the default bridge, by its address: containers of every network reach it, and it means the same on both sides.
 * Where the runtime lives in a virtual machine the gateway is not ours; there `host.docker.internal` leads to our loopback interface.
 */
async function reachFromContainers(): Promise<Reach> {
  const { openRuntime } = await import('./container-runtime.ts');
  const { dockerode } = (await openRuntime()).container;
  const bridge = await dockerode.getNetwork('bridge').inspect();
  const gateway = gatewayOf(bridge.IPAM?.Config ?? []);
  if (gateway && (await isOurs(gateway))) return { bind: gateway, host: gateway };
  return { bind: '127.0.0.1', host: 'host.docker.internal' };
}

interface Subnet {
  readonly Subnet?: string | undefined;
  readonly Gateway?: string | undefined;
}

/** Some runtimes name the gateway only where it was configured; else it is the first address of the subnet. */
export function gatewayOf(configs: readonly Subnet[]): string | undefined {
  const config = configs.find(({ Subnet }) => Subnet?.includes('.')); // IPv4
  return config?.Gateway ?? config?.Subnet?.replace(/(\d+)\/\d+$/, (_, last) => String(Number(last) + 1));
}

// An idle bridge has no carrier, and Node lists no such interface: so try.
function isOurs(address: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, address, () => server.close(() => resolve(true)));
  });
}
