import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { JWK } from 'jose';
import { answerWith, type IssuerFault } from './issuer-fault.ts';
import { createIssuerService, type IssuerService } from './issuer-service.ts';
import type { TokenSource } from './protocol/session.ts';
import { generateKeys, generateOtherKeys } from './signing.ts';

export interface IssuerOptions {
  /** The host of its URL: how providers reach it. Default 127.0.0.1; see `reachFrom` for others. */
  readonly host?: string;
  /** The whole URL, where providers reach it through something else. Default: `host` and the port. */
  readonly url?: string;
  /** The address to listen on. Default: `host`. */
  readonly bind?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** What a provider is told as `OIDC_AUDIENCE`. */
  readonly audience?: string;
  readonly clientId?: string;
}

/** An OIDC issuer of our own, with keys that are made when it starts. */
export interface Issuer extends AsyncDisposable {
  /** `iss` of its tokens; no trailing slash. */
  readonly url: string;
  readonly audience: string;
  readonly clientId: string;
  /** How to mint with its keys of now. */
  readonly source: TokenSource & { kind: 'issuer' };
  /** Publishes new keys in place of the old ones. Open another mint to sign with them. */
  rotateKeys(): Promise<void>;
  /** Signs with new keys, and goes on publishing the old ones: a key set that is kept on its way lags behind so. */
  renewKeys(): Promise<void>;
  /** Publishes, in place of others, the keys that it signs with. */
  publishKeys(): Promise<void>;
  /** Publishes new keys after the old ones, and signs with the new. */
  addKeys(): Promise<void>;
  /** Publishes, before its own, keys of kinds that sign no access token here, as real issuers do: see `generateOtherKeys`. */
  addOtherKeys(): Promise<void>;
  /** Makes it fail, or (`none`) work again on the same port. */
  setFault(fault: IssuerFault): Promise<void>;
  /** Resolves when it is asked for something the next time, before it answers. */
  asked(): Promise<void>;
}

/** Starts an issuer: discovery, JWKS and `POST /assay/mint`. */
export async function startIssuer(options: IssuerOptions = {}): Promise<Issuer> {
  const issuer = new RunningIssuer(options, await generateKeys());
  await issuer.listen(options.port ?? 0);
  return issuer;
}

class RunningIssuer implements Issuer {
  readonly audience: string;
  readonly clientId: string;
  readonly #host: string;
  readonly #bind: string;
  readonly #url: string | undefined;
  readonly #server: Server;
  #keys: JWK[];
  /** Published before its own, and no longer signed with. */
  #oldKeys: JWK[] = [];
  #otherKeys: JWK[] = [];
  #port = 0;
  #fault: IssuerFault = 'none';
  readonly #hanging = new Set<Socket>();
  #service: IssuerService | undefined;

  constructor(options: IssuerOptions, keys: JWK[]) {
    this.audience = options.audience ?? 'https://users-api.assay.test';
    this.clientId = options.clientId ?? 'assay-client';
    this.#host = options.host ?? '127.0.0.1';
    this.#bind = (options.bind ?? this.#host).replace(/^\[|\]$/g, ''); // an IPv6 address stands in brackets in a URL only
    this.#url = options.url;
    this.#keys = keys;
    this.#server = createServer((request, response) => {
      if (this.#fault === 'hang') this.#hanging.add(request.socket);
      void answerWith(this.#fault, response, () => this.#service?.(request, response));
    });
  }

  get url(): string {
    return this.#url ?? `http://${this.#host}:${this.#port}`;
  }

  get source(): Issuer['source'] {
    const { url: issuer, audience, clientId } = this;
    return { kind: 'issuer', issuer, audience, clientId, keys: this.#keys };
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, this.#bind, resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    await this.#serve();
  }

  async rotateKeys(): Promise<void> {
    await this.renewKeys();
    await this.publishKeys();
  }

  async renewKeys(): Promise<void> {
    this.#keys = await generateKeys();
  }

  async publishKeys(): Promise<void> {
    this.#oldKeys = [];
    await this.#serve();
  }

  async addKeys(): Promise<void> {
    this.#oldKeys.push(...this.#keys);
    await this.renewKeys();
    await this.#serve();
  }

  async addOtherKeys(): Promise<void> {
    this.#otherKeys = await generateOtherKeys();
    await this.#serve();
  }

  async setFault(fault: IssuerFault): Promise<void> {
    this.#fault = fault;
    if (fault !== 'hang') {
      for (const socket of this.#hanging) socket.destroy();
      this.#hanging.clear();
    }
    if (fault === 'down') await this.#close();
    else if (!this.#server.listening) await this.listen(this.#port);
  }

  async asked(): Promise<void> {
    await once(this.#server, 'request');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  async #serve(): Promise<void> {
    this.#service = await createIssuerService(this.source, { oldKeys: this.#oldKeys, otherKeys: this.#otherKeys });
  }

  async #close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
