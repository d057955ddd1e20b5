import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';

/**
 * How long requests are held back at most, in milliseconds: a server that serves one connection after another takes no more of them
 * before it is told what the first one wants.
 */
const PATIENCE_MS = 250;
/** So many turns of the event loop without another request: there will be none. */
const QUIET_TURNS = 2;

/**
 * Requests that arrive together. Each has a connection of its own, and what is written to it is held back until all connections are
 * open; then it is sent, in a loop. A race that is a millisecond wide is not met by requests that take a millisecond each to be made.
 */
export class Volley {
  readonly #held = new Map<Socket, boolean>();
  #expected = 0;
  #released = false;

  /** Another connection will come to be held. */
  expect(): void {
    this.#expected += 1;
  }

  /** Holds back what is written to a connection that is being opened. */
  hold(socket: Socket): void {
    if (this.#released) return;
    socket.cork();
    this.#held.set(socket, false);
    const ready = () => {
      if (this.#held.has(socket)) this.#held.set(socket, true);
    };
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', ready).once('close', ready);
  }

  /** Waits for the first request, for the others that come with it, and for their connections; then sends them. */
  async release(): Promise<void> {
    while (this.#held.size === 0 && !this.#released) await turn();
    const deadline = performance.now() + PATIENCE_MS;
    for (let quiet = 0, count = 0; quiet < QUIET_TURNS && performance.now() < deadline; ) {
      await turn();
      const isReady = count === this.#held.size && count >= this.#expected && ![...this.#held.values()].includes(false);
      quiet = isReady ? quiet + 1 : 0;
      count = this.#held.size;
    }
    this.end();
  }

  /** Holds nothing back any longer. */
  end(): void {
    this.#released = true;
    for (const socket of fromBothEnds([...this.#held.keys()])) socket.uncork();
    this.#held.clear();
  }
}

/** First, last, second, last but one: requests of two kinds come mixed. */
const fromBothEnds = <T>(all: readonly T[]): T[] =>
  all.map((_, at) => (at % 2 === 0 ? all[at / 2] : all[all.length - (at + 1) / 2]) as T);
