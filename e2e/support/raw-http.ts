import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Exchange } from '../../target/protocol/result.ts';
import { parseAnswer, type RawAnswer } from './raw-answer.ts';
import { buildRawExchange } from './raw-exchange.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** How long a server that said it closes may take to do so, in milliseconds; then the connection is over for us. */
const CLOSE_MS = 1000;

type Came =
  | ({ readonly kind: 'answer' } & RawAnswer)
  | { readonly kind: 'closed' | 'silent' }
  | { readonly kind: 'garbage'; readonly why: string };

/**
 * What came of waiting for an answer: one, the end of the connection, or nothing within the time. `garbage`: what came is no
 * HTTP. With the evidence.
 */
export type RawOutcome = Came & { readonly exchange: Exchange };

/** The failure for a request that got no answer; one that was waited for in vain is no proof on every machine. */
export const unanswered = (expected: string, { kind }: RawOutcome): Unsatisfied =>
  new Unsatisfied(expected, `a connection that is ${kind}`, { hung: kind === 'silent' });

/** One connection on which every byte is ours, and the answers are read as they come. */
export class RawHttp implements Disposable {
  readonly #socket: Socket;
  readonly baseUrl: string;
  #sent: string | Buffer = '';
  #sentAt = performance.now();
  #bytes: Buffer = Buffer.alloc(0);
  #ended = false;
  /** The last answer said that nothing follows: a client then sends nothing more. Source: RFC 9112, section 9.6. */
  #closing = false;
  /** Looks again whether an answer is whole. */
  #wake = () => {};

  private constructor(socket: Socket, baseUrl: string) {
    this.#socket = socket;
    this.baseUrl = baseUrl;
    socket.on('error', () => {}); // a reset is one way for it to be over
    socket.on('data', (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#wake();
    });
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    socket.on('end', end).on('close', end);
  }

  /** Unsatisfied where the server takes no connection. */
  static open(baseUrl: string): Promise<RawHttp> {
    const { protocol, hostname, port } = new URL(baseUrl);
    const host = hostname.replace(/^\[|\]$/g, '');
    const secure = protocol === 'https:';
    const at = { host, port: Number(port || (secure ? 443 : 80)), allowHalfOpen: true };
    const socket = secure ? connectTls({ ...at, servername: host }) : connect(at);
    return new Promise((resolve, reject) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => resolve(new RawHttp(socket, baseUrl)));
      socket.once('error', ({ message }) => reject(new Unsatisfied('a connection to the server', message)));
    });
  }

  /** Resolves when the bytes are on their way (true), or the connection is over: for the server, or by its last answer. */
  send(bytes: string | Buffer): Promise<boolean> {
    this.#sent = bytes;
    this.#sentAt = performance.now();
    return new Promise((resolve) => {
      if (this.#ended || this.#closing || this.#socket.destroyed) return resolve(false);
      const over = () => resolve(false);
      this.#socket.once('close', over);
      this.#socket.write(bytes, (error) => {
        this.#socket.off('close', over);
        resolve(!error);
      });
    });
  }

  /** Waits for the next answer. `toHead`: the request was HEAD. */
  receive({ withinMs = 20_000, toHead = false } = {}): Promise<RawOutcome> {
    return new Promise((resolve) => {
      const settle = (came: Came) => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve({ ...came, exchange: this.#exchange(came) });
      };
      if (this.#closing) this.#socket.end();
      const [kind, limitMs] = this.#closing
        ? (['closed', Math.min(withinMs, CLOSE_MS)] as const)
        : (['silent', withinMs] as const);
      const timer = setTimeout(() => settle({ kind }), limitMs);
      this.#wake = () => {
        const outcome = this.#take(toHead);
        if (outcome) settle(outcome);
      };
      this.#wake();
    });
  }

  /** RST: we are gone. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  /** Of the last request. */
  #exchange(came: Came): Exchange {
    const inWords = { closed: 'the connection was closed', silent: 'no answer yet, and the connection is open' };
    const answer = came.kind === 'answer' ? came : came.kind === 'garbage' ? came.why : inWords[came.kind];
    return buildRawExchange(this.baseUrl, this.#sent, answer, performance.now() - this.#sentAt);
  }

  #take(toHead: boolean): Came | undefined {
    try {
      const parsed = parseAnswer(this.#bytes, { toHead, ended: this.#ended });
      if (!parsed) return this.#ended ? { kind: 'closed' } : undefined;
      this.#bytes = parsed.rest;
      this.#closing ||= parsed.answer.closes;
      return { kind: 'answer', ...parsed.answer };
    } catch (error) {
      return { kind: 'garbage', why: (error as Error).message };
    }
  }
}

/** The bytes of a request. The header lines are sent as they stand; `Host` is added unless one of them is it. */
export function requestBytes(baseUrl: string, start: string, lines: readonly string[] = [], body = ''): string {
  const { host, pathname } = new URL(baseUrl);
  const [method = '', path = '', version = 'HTTP/1.1'] = start.split(' ');
  const named = lines.some((line) => /^host\b/i.test(line)) ? [] : [`Host: ${host}`];
  return [`${method} ${pathname.replace(/\/$/, '')}${path} ${version}`, ...named, ...lines, '', body].join('\r\n');
}
