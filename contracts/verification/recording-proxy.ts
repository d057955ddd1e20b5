import {
  createServer,
  type IncomingMessage,
  request as requestHttp,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RawExchange } from '../../target/exchange.ts';
import { KEY_HEADER } from './pact-file.ts';

/** Never passed on: they belong to one connection, or (accept-encoding) would hide the bytes that we look at. */
const DROPPED = new Set([
  KEY_HEADER.toLowerCase(),
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'accept-encoding',
]);

/** What the verifier is told when there was no answer: an interaction without one fails whatever it asks for. */
const NO_ANSWER = 502;

export interface ProxyOptions {
  /** The base URL that an interaction's request goes to, without a trailing slash. */
  readonly upstreamOf: (key: string) => string;
  /** False when this request is to be answered without asking the provider; there is no exchange then. */
  readonly mayAsk: (key: string, method: string, path: string) => boolean;
  /** How long a whole answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Told of every exchange before the verifier hears of it. */
  readonly onExchange: (key: string, exchange: RawExchange) => void;
}

/**
 * Stands between the verifier and the provider: what it records is what was observed, byte for byte, and a refused, reset
 * or missing answer ends one interaction instead of the verifier.
 */
export class RecordingProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #options: ProxyOptions;

  private constructor(options: ProxyOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async open(options: ProxyOptions): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = String(request.headers[KEY_HEADER.toLowerCase()]);
    if (!this.#options.mayAsk(key, request.method!, request.url!)) return void response.writeHead(NO_ANSWER).end();
    const exchange = await this.#forward(key, request);
    this.#options.onExchange(key, exchange);
    const { status = NO_ANSWER, responseHeaders = {}, responseBody = Buffer.alloc(0) } = exchange;
    for (const [name, value] of Object.entries(responseHeaders)) {
      if (!DROPPED.has(name.toLowerCase())) response.setHeader(name, asCompared(name, value));
    }
    response.writeHead(status).end(responseBody);
  }

  async #forward(key: string, incoming: IncomingMessage): Promise<RawExchange> {
    const upstream = this.#options.upstreamOf(key);
    const body = Buffer.concat(await Array.fromAsync(incoming));
    const sent = {
      method: incoming.method!,
      url: `${upstream}${incoming.url}`,
      requestHeaders: keep(incoming.rawHeaders),
      requestBody: body.length > 0 ? body : undefined,
    };
    const startedAt = performance.now();
    const answered = await this.#send(sent, upstream).catch((error: Error) => ({
      error: error.message || String(error),
    }));
    return { ...sent, ...answered, durationMs: performance.now() - startedAt };
  }

  #send(sent: Pick<RawExchange, 'method' | 'url' | 'requestHeaders' | 'requestBody'>, upstream: string) {
    const { timeoutMs } = this.#options;
    return new Promise<Pick<RawExchange, 'status' | 'responseHeaders' | 'responseBody'>>((resolve, reject) => {
      const { hostname, port, protocol, origin } = new URL(upstream);
      const send = protocol === 'https:' ? requestHttps : requestHttp;
      const outgoing = send({
        hostname,
        port,
        method: sent.method,
        // As it stands: a URL object would resolve dot segments.
        path: sent.url.slice(origin.length),
        headers: { ...sent.requestHeaders, ...(sent.requestBody && { 'content-length': sent.requestBody.length }) },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      });
      outgoing.on('error', (error) =>
        reject(error.name === 'AbortError' ? new Error(`no answer within ${timeoutMs} ms`) : error),
      );
      outgoing.on('response', (answer) => {
        Array.fromAsync(answer as AsyncIterable<Buffer>).then((chunks) => {
          const responseHeaders = keep(answer.rawHeaders);
          resolve({ status: answer.statusCode!, responseHeaders, responseBody: Buffer.concat(chunks) });
        }, reject);
      });
      outgoing.end(sent.requestBody);
    });
  }
}

/** The verifier compares media types letter by letter; they have no case. Source: RFC 9110 section 8.3.1. */
const asCompared = (name: string, value: string): string =>
  name.toLowerCase() === 'content-type' ? value.replace(/^[^;]*/, (type) => type.toLowerCase()) : value;

/** Headers in the order and the case they came in; a repeated one is joined. */
function keep(rawHeaders: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name, value] = [rawHeaders[i]!, rawHeaders[i + 1]!];
    if (!DROPPED.has(name.toLowerCase())) kept[name] = name in kept ? `${kept[name]}, ${value}` : value;
  }
  return kept;
}
