import { NotOffered } from './cannot-tell.ts';
import type { Context } from './context.ts';

/** The port of a target on loopback. Elsewhere it is a proxy's business which names are served: nothing to look at. */
export function loopbackPort({ session }: Context): string {
  const { hostname, port } = new URL(session.target.baseUrl);
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return port || '80';
  throw new NotOffered(`${hostname} is not on loopback: which names it is served under is not ours to say`);
}
