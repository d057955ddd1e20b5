import type { Answer, SendOptions } from '../../../target/http.ts';
import type { Exchange } from '../../../target/protocol/result.ts';
import { NotOffered } from '../cannot-tell.ts';
import type { Context } from '../context.ts';
import { RecordingClient } from '../recording-client.ts';
import { Link } from './link.ts';

/** A client that reaches the target under test over a link, and names it by its own name all the same. */
export class LinkedClient extends RecordingClient implements AsyncDisposable {
  readonly link: Link;
  /** What goes over the link is evidence of the check like the rest. */
  override readonly exchanges: Exchange[];
  readonly #host: string;

  private constructor(context: Context, link: Link, host: string, path: string) {
    super(
      () => `http://127.0.0.1:${link.port}${path}`,
      (id) => context.remember(id),
      context.requestMs,
    );
    this.link = link;
    this.exchanges = context.client.exchanges;
    this.#host = host;
  }

  static async open(context: Context): Promise<LinkedClient> {
    const { protocol, hostname, port, host, pathname } = new URL(context.session.target.baseUrl);
    if (protocol !== 'http:') throw new NotOffered('what passes over the link must be plain HTTP');
    const link = await Link.open(context.session, { to: `${hostname}:${port || 80}` });
    return new LinkedClient(context, link, host, pathname.replace(/\/$/, ''));
  }

  // A provider rightly refuses the name of a host that it is not (DNS rebinding).
  override send(method: string, path: string, options: SendOptions = {}): Promise<Answer> {
    return super.send(method, path, { ...options, headers: { host: this.#host, ...options.headers } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.link[Symbol.asyncDispose]();
  }
}
