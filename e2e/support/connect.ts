import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Unsatisfied } from './unsatisfied.ts';

/** A TCP connection to a target. Unsatisfied where the target takes none: that speaks against it. */
export async function connectTo(baseUrl: string): Promise<Socket> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''));
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    throw new Unsatisfied('a connection to the server', (error as Error).message);
  }
}
