import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JWK } from 'jose';
import { createIssuerService, type IssuerService } from './issuer-service.ts';
import type { TokenSource } from './protocol/session.ts';
import { generateKeys } from './signing.ts';

/**
 * - none: it works; - down: connections are refused; - garbage: every answer is 200 with a body that is no JSON;
 * - delayMs: every answer comes that much later, in milliseconds
 */
export type IssuerFault = 'none' | 'down' | 'garbage' | { readonly delayMs: number };

export interface IssuerOptions {
  /** Address to listen on and host of the URL. Default 127.0.0.1. */
  readonly host?: string;
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
  /** Makes it fail, or (`none`) work again on the same port. */
  setFault(fault: IssuerFault): Promise<void>;
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
  readonly #server: Server;
  #keys: JWK[];
  #port = 0;
  #fault: IssuerFault = 'none';
  #service: IssuerService | undefined;

  constructor(
    { host = '127.0.0.1', audience = 'https://users-api.assay.test', clientId = 'assay-client' }: IssuerOptions,
    keys: JWK[],
  ) {
    this.audience = audience;
    this.clientId = clientId;
    this.#host = host;
    this.#keys = keys;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  get url(): string {
    return `http://${this.#host}:${this.#port}`;
  }

  get source(): Issuer['source'] {
    const { url: issuer, audience, clientId } = this;
    return { kind: 'issuer', issuer, audience, clientId, keys: this.#keys };
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      // An IPv6 address stands in brackets in a URL only.
      this.#server.once('error', reject).listen(port, this.#host.replace(/^\[|\]$/g, ''), resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#service = await createIssuerService(this.source);
  }

  async rotateKeys(): Promise<void> {
    this.#keys = await generateKeys();
    this.#service = await createIssuerService(this.source);
  }

  async setFault(fault: IssuerFault): Promise<void> {
    this.#fault = fault;
    if (fault === 'down') await this.#close();
    else if (!this.#server.listening) await this.listen(this.#port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#fault;
    if (typeof fault === 'object') await sleep(fault.delayMs, undefined, { ref: false });
    if (fault === 'garbage') response.end('<html>garbage');
    else this.#service?.(request, response);
  }

  async #close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
