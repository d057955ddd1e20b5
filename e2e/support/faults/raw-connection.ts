import { connect, type Socket } from 'node:net';

/** One TCP connection to a target, for what no HTTP client does. */
export class RawConnection implements Disposable {
  readonly #socket: Socket;
  /** Resolves when the connection is over, whoever ended it. */
  readonly over: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.over = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {}); // a reset is one way for it to be over
    socket.resume(); // a socket that nobody reads is never seen to end
  }

  /** Connects; undefined where the server does not take the connection. */
  static open(baseUrl: string): Promise<RawConnection | undefined> {
    const { hostname, port } = new URL(baseUrl);
    const socket = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''));
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(new RawConnection(socket)));
      socket.once('error', () => resolve(undefined));
    });
  }

  /** Resolves when the bytes are on their way, or the connection is over. */
  send(text: string): Promise<void> {
    return new Promise((resolve) => this.#socket.write(text, () => resolve()));
  }

  /** Reads nothing more: the other side can soon write no more. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** FIN: we have no more to say. */
  end(): void {
    this.#socket.end();
  }

  /** RST: we are gone, and whatever is on its way is lost. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
