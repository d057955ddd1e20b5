import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request, or leaves it. */
export type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** A server for tests: it answers as it is told and counts what it is asked. */
export class StubProvider implements AsyncDisposable {
  /** `METHOD path` of every request. */
  readonly asked: string[] = [];
  readonly #server: Server;

  private constructor(respond: Respond) {
    this.#server = createServer((request, response) => {
      this.asked.push(`${request.method} ${request.url}`);
      respond(request, response);
    });
  }

  static async start(respond: Respond): Promise<StubProvider> {
    const provider = new StubProvider(respond);
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Answers every request with this JSON. */
export const sendJson =
  (status: number, body: unknown): Respond =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
