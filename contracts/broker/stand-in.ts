import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request that the stand-in was sent. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** What the stand-in is to say. */
export interface StandInOptions {
  /** The pacts it hands out for verification. */
  readonly pacts?: readonly object[];
  /** Null: a verification is missing. */
  readonly deployable?: boolean | null;
  /** Answered to everything, or only to paths that start with `breaksAt`, in place of what it would say. */
  readonly status?: number;
  readonly breaksAt?: string;
}

/**
 * A STAND-IN for the Pact Broker, for tests: it records what it is asked and answers as the broker's documentation has it. It
 * stores nothing and checks nothing. What passes against it has not been seen to work with a real broker.
 */
export class BrokerStandIn implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly #server: Server;
  readonly #options: StandInOptions;

  private constructor(options: StandInOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: StandInOptions = {}): Promise<BrokerStandIn> {
    const broker = new BrokerStandIn(options);
    await new Promise<void>((resolve) => broker.#server.listen(0, '127.0.0.1', resolve));
    return broker;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The requests but for those that only look for links. */
  get told(): Asked[] {
    return this.asked.filter(({ method, path }) => method !== 'GET' || path.startsWith('/matrix'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const path = request.url!;
    const { authorization } = request.headers;
    this.asked.push({ method: request.method!, path, authorization, body: body === '' ? undefined : JSON.parse(body) });
    const answer = this.#answer(path);
    const { status: broken, breaksAt = '/' } = this.#options;
    const [status, said] =
      broken && path.startsWith(breaksAt) ? [broken] : answer === undefined ? [404] : [200, answer];
    response.writeHead(status, { 'content-type': 'application/hal+json' }).end(JSON.stringify(said ?? {}));
  }

  #answer(path: string): unknown {
    const { pacts = [], deployable = true } = this.#options;
    const link = (to: string) => ({ href: `${this.url}${to}` });
    const pact = /^\/pacts\/(\d+)$/.exec(path)?.[1];
    if (pact)
      return { ...pacts[Number(pact)], _links: { 'pb:publish-verification-results': link(`/results/${pact}`) } };
    if (path.startsWith('/results/') || path.includes('/branches/')) return {};
    if (path === '/for-verification') {
      return { _embedded: { pacts: pacts.map((_, index) => ({ _links: { self: link(`/pacts/${index}`) } })) } };
    }
    if (path === '/contracts/publish') {
      const made = {
        'pb:pacticipant': link('/pacticipants/c'),
        'pb:pacticipant-version': link('/pacticipants/c/versions/v'),
      };
      return { notices: [], _links: { ...made, 'pb:contracts': [] } };
    }
    if (path.startsWith('/matrix')) {
      const row = {
        consumer: { name: 'a-consumer', version: { number: 'c1' } },
        provider: { name: 'users-api', version: { number: 'v1' } },
        verificationResult: deployable === null ? null : { success: deployable },
      };
      return { summary: { deployable, reason: 'The reason.' }, matrix: [row], notices: [] };
    }
    if (/^\/pacticipants\/[^/]+\/versions\//.test(path)) {
      const to = { name: 'production', ...link('/deployed') };
      return { _links: { 'pb:record-deployment': [to], 'pb:record-release': [{ ...to, ...link('/released') }] } };
    }
    if (path === '/deployed' || path === '/released') return { uuid: 'd' };
    if (path !== '/') return undefined;
    return {
      _links: {
        'pb:publish-contracts': link('/contracts/publish'),
        'pb:provider-pacts-for-verification': link('/for-verification'),
        'pb:pacticipant-branch-version': link('/pacticipants/{pacticipant}/branches/{branch}/versions/{version}'),
        'pb:pacticipant-version': link('/pacticipants/{pacticipant}/versions/{version}'),
      },
    };
  }
}
