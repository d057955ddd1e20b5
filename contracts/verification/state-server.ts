import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { KEY_PARAM } from './pact-file.ts';
import type { StateMaker } from './state-maker.ts';

/** The verifier's request to make a state, or to take it down again. */
interface StateChange {
  readonly state: string;
  readonly action: 'setup' | 'teardown';
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Makes provider states for the verifier. The one inside pact-js answers 200 when a handler throws or is missing, and the
 * interaction passes on whatever it finds; here it is answered 422 (a 5xx would be asked again for two minutes).
 */
export class StateServer implements AsyncDisposable {
  /** Why the state of an interaction could not be made, by key. */
  readonly problems = new Map<string, unknown>();
  readonly #server: Server;
  readonly #states: StateMaker;

  private constructor(states: StateMaker) {
    this.#states = states;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async open(states: StateMaker): Promise<StateServer> {
    const server = new StateServer(states);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { state, action, params } = (await json(request)) as StateChange;
    const key = String(params?.[KEY_PARAM]);
    try {
      const values = action === 'setup' ? await this.#states.make(key, state, params) : {};
      if (action === 'teardown') await this.#states.takeDown(key, state);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(values));
    } catch (problem) {
      // The first one counts: taking down a state that was never made may fail as well.
      if (!this.problems.has(key)) this.problems.set(key, problem);
      response.writeHead(422).end(String(problem));
    }
  }
}
