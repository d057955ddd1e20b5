import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether a URL surely means this machine. A name is looked at, never looked up: what it resolves to may change. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family === 0) return host === 'localhost' || host.endsWith('.localhost');
  return LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

/** Why no load may be sent to a URL; undefined: it may. `allowed` are the hosts that the user named. */
export function refuseLoad(url: string, allowed: readonly string[]): string | undefined {
  const { hostname } = new URL(url);
  if (isLoopback(url) || allowed.includes(hostname)) return undefined;
  return `load is sent to this machine only: pass --allow-remote-load ${hostname} if ${hostname} is yours to put load on`;
}
