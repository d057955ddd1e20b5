import type { Proxy as ToxiproxyLink } from 'toxiproxy-node-client';
import type { Session } from '../../../target/protocol/session.ts';
import type { Fault } from './fault.ts';
import { startToxiproxy, type ToxiproxyServer } from './toxiproxy/server.ts';

export interface LinkOptions {
  /** Where its connections lead, `host:port`. */
  readonly to: string;
  /** The address to listen on. Default 127.0.0.1. */
  readonly bind?: string;
}

/** A TCP way to somewhere, through a Toxiproxy of its own, on which things can be made to go wrong. */
export class Link implements AsyncDisposable {
  readonly #server: ToxiproxyServer;
  readonly #proxy: ToxiproxyLink;

  private constructor(server: ToxiproxyServer, proxy: ToxiproxyLink) {
    this.#server = server;
    this.#proxy = proxy;
  }

  /** Opens a link on which nothing goes wrong yet. Where this machine has no Toxiproxy the check is skipped. */
  static async open(session: Session, { to, bind = '127.0.0.1' }: LinkOptions): Promise<Link> {
    const server = await startToxiproxy(session);
    try {
      const link = { name: 'link', listen: `${bind}:0`, upstream: to };
      return new Link(server, await server.client.createProxy(link));
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Where it listens. */
  get port(): number {
    return Number(this.#proxy.listen.split(':').at(-1));
  }

  /** What is sent in this direction (`upstream`: to where the link leads) suffers this from now on. */
  async suffer(stream: 'upstream' | 'downstream', { type, attributes }: Fault): Promise<void> {
    await this.#proxy.addToxic({ name: `${type}-${stream}`, stream, type, toxicity: 1, attributes });
  }

  /** Nothing goes wrong any more. Connections on which nothing got through are closed. */
  async heal(): Promise<void> {
    await this.#server.client.reset();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}
