import type { Agent } from 'node:http';
import type { Readable } from 'node:stream';
import supertest from 'supertest';
import { Door } from './door.ts';
import { buildExchange, type RawExchange } from './exchange.ts';
import type { Exchange } from './protocol/result.ts';
import { Volley } from './volley.ts';

/** A client keeps this many of its last exchanges. */
const KEPT_EXCHANGES = 200;
/** One for all clients: they may open connections to the same server. */
const door = new Door();

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent byte for byte. No content type is added. */
  readonly body?: string | Buffer | undefined;
  /** Until the whole answer is there, in milliseconds. */
  readonly timeoutMs?: number;
}

/** An answer of any status. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; a repeated header is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** Throws a SyntaxError when the body is no JSON. */
  json(): unknown;
  readonly exchange: Exchange;
}

/** The request was refused, reset or timed out. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly exchange: Exchange;

  constructor(exchange: Exchange, options?: ErrorOptions) {
    super(`${exchange.method} ${exchange.url} got no answer: ${exchange.error}`, options);
    this.exchange = exchange;
  }
}

/** Sends requests to a target and records them. Each request opens a connection of its own. */
export class Client {
  /** The last exchanges, oldest first, redacted. */
  readonly exchanges: Exchange[] = [];
  readonly #baseUrl: () => string;
  readonly #timeoutMs: number;
  #volley: Volley | undefined;

  /** Prefer `openClient`. */
  constructor(baseUrl: () => string, timeoutMs: number) {
    this.#baseUrl = baseUrl;
    this.#timeoutMs = timeoutMs;
  }

  /** `GET /users` */
  snapshot(headers: SendOptions['headers'] = {}): Promise<Answer> {
    return this.send('GET', '/users', { headers: { accept: 'application/json', ...headers } });
  }

  /** `GET /users/{user}` */
  one(id: string): Promise<Answer> {
    return this.send('GET', `/users/${encodeURIComponent(id)}`, { headers: { accept: 'application/json' } });
  }

  /** `POST /users/authenticate/from_token`; without a token the body is empty. */
  authenticate(token?: object, headers: SendOptions['headers'] = {}): Promise<Answer> {
    return this.send('POST', '/users/authenticate/from_token', {
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: token && JSON.stringify(token),
    });
  }

  /** `POST /users/{user}/disconnect`: no body and no content type. */
  disconnect(id: string): Promise<Answer> {
    return this.send('POST', `/users/${encodeURIComponent(id)}/disconnect`, {
      headers: { accept: 'application/json' },
    });
  }

  /** The requests that `work` begins with arrive at the server together. Those that it sends afterwards are like any others. */
  async volley<T>(work: () => Promise<T>): Promise<T> {
    const volley = new Volley();
    this.#volley = volley;
    const release = volley.release().finally(() => {
      this.#volley = undefined;
    });
    const [result] = await Promise.all([work().finally(() => volley.end()), release]);
    return result;
  }

  /** Sends the path as it stands (percent signs and dot segments too). Rejects with a `NoAnswerError` when no whole answer came. */
  async send(method: string, path: string, options: SendOptions = {}): Promise<Answer> {
    const url = this.#baseUrl();
    const body = typeof options.body === 'string' ? Buffer.from(options.body) : options.body;
    const request = { method, url: `${url}${path}`, requestHeaders: { ...options.headers }, requestBody: body };
    const volley = this.#volley;
    volley?.expect();
    const permit = await door.enter();
    const startedAt = performance.now();
    const durationMs = () => performance.now() - startedAt;
    try {
      const agent = permit.agentFor(new URL(url).protocol, (socket) => volley?.hold(socket));
      const response = await this.#test(method, url, path, body, agent, options);
      const bytes = Buffer.isBuffer(response.body) ? response.body : Buffer.alloc(0); // superagent reads no body of HEAD
      const headers = joinHeaders(response.headers);
      const answered = { ...request, status: response.status, responseHeaders: headers, responseBody: bytes };
      const exchange = this.#record({ ...answered, durationMs: durationMs() });
      const text = bytes.toString('utf8');
      return { status: response.status, headers, bytes, text, json: () => parseJson(text), exchange };
    } catch (cause) {
      throw new NoAnswerError(this.#record({ ...request, error: reason(cause), durationMs: durationMs() }), { cause });
    } finally {
      permit.end();
    }
  }

  async #test(method: string, url: string, path: string, body: Buffer | undefined, agent: Agent, options: SendOptions) {
    const timeoutMs = options.timeoutMs ?? this.#timeoutMs;
    const test = new supertest.Test(url, method, path)
      .agent(agent)
      .ok(() => true)
      .timeout({ response: timeoutMs, deadline: timeoutMs })
      // Raw bytes both ways: superagent would parse by content type, and turn a JSON Buffer into `{"type":"Buffer"}`.
      .buffer(true)
      .parse((response, done) => readBytes(response as unknown as Readable, done))
      .serialize((data: unknown) => data as string)
      .set('accept-encoding', 'identity')
      .set({ ...options.headers });
    return await (body === undefined ? test : test.send(body));
  }

  #record(raw: RawExchange): Exchange {
    const exchange = buildExchange(raw);
    this.exchanges.push(exchange);
    if (this.exchanges.length > KEPT_EXCHANGES) this.exchanges.shift();
    return exchange;
  }
}

/**
 * A client of the server at `baseUrl` (no trailing slash); pass a function where a restart may move the server.
 * `timeoutMs` (default 10,000) counts for each request that names none.
 */
export function openClient(baseUrl: string | (() => string), options: { timeoutMs?: number } = {}): Client {
  return new Client(typeof baseUrl === 'string' ? () => baseUrl : baseUrl, options.timeoutMs ?? 10_000);
}

function readBytes(response: Readable, done: (error: Error | null, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}

function joinHeaders(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

function reason(cause: unknown): string {
  const { message, code } = cause as NodeJS.ErrnoException;
  return message || code || String(cause);
}

/** Without a byte order mark, as `fetch` reads it: that one is there is for the check on bytes to say. */
export const parseJson = (text: string) => JSON.parse(text.replace(/^\uFEFF/, ''));
