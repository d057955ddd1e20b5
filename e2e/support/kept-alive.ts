import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { Unsatisfied } from './unsatisfied.ts';

export interface ShortAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One connection that is kept for all requests, where the server keeps it: every other client opens one per request. */
export class KeptAlive implements Disposable {
  readonly #baseUrl: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  get(path: string): Promise<ShortAnswer> {
    return this.#send('GET', path);
  }

  /** Without a body none is announced, but for its length. */
  post(path: string, body?: object, headers: OutgoingHttpHeaders = {}): Promise<ShortAnswer> {
    return this.#send('POST', path, body && JSON.stringify(body), headers);
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  async #send(method: string, path: string, body?: string, more: OutgoingHttpHeaders = {}): Promise<ShortAnswer> {
    const headers = { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}), ...more };
    const sent = request(`${this.#baseUrl}${path}`, { method, headers, agent: this.#agent });
    sent.end(body);
    try {
      const response = await answerTo(sent);
      return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) };
    } catch (error) {
      // The server may rightly close an idle connection just when we use it: then, and only then, once more.
      if (sent.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET')
        return this.#send(method, path, body, more);
      throw new Unsatisfied(`an answer to ${method} ${path} over a kept connection`, (error as Error).message);
    }
  }
}

const answerTo = (sent: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
