import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connectTo } from './connect.ts';

/** A connection on which a check says HTTP by itself, piece by piece, and looks at what has come back so far. */
export class Conversation implements Disposable {
  readonly #socket: Socket;
  readonly #host: string;
  #heard = '';

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setEncoding('latin1').on('data', (piece: string) => {
      this.#heard += piece;
    });
    socket.on('error', () => {}); // whoever waits sees the close that follows
  }

  static async open(baseUrl: string): Promise<Conversation> {
    return new Conversation(await connectTo(baseUrl), new URL(baseUrl).host);
  }

  /** Sends a request line and headers (`Host` is added), as they stand. */
  head(requestLine: string, headers: Readonly<Record<string, string>> = {}): void {
    const lines = Object.entries({ host: this.#host, ...headers }).map(([name, value]) => `${name}: ${value}`);
    this.#socket.write([requestLine, ...lines, '', ''].join('\r\n'));
  }

  /** Sends a part of a body, as it stands. */
  body(text: string): void {
    this.#socket.write(text);
  }

  /** Waits until what has come back matches, the other side has closed, or the time is up; whether it matches then. */
  async hears(pattern: RegExp, withinMs: number): Promise<boolean> {
    const timeUp = AbortSignal.timeout(withinMs);
    while (!pattern.test(this.#heard) && !this.#socket.closed && !timeUp.aborted) {
      const next = [once(this.#socket, 'data', { signal: timeUp }), once(this.#socket, 'close', { signal: timeUp })];
      await Promise.race(next.map((event) => event.catch(() => {})));
    }
    return pattern.test(this.#heard);
  }

  /** All that has come back so far. */
  get heard(): string {
    return this.#heard;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
