import type { JWK } from 'jose';
import { fetchJson } from './discover.ts';
import type { Forge, Mint, OAuthToken, SignInOverrides } from './mint.ts';
import { type MintRequest, toMintRequest } from './mint-request.ts';
import type { Person } from './person.ts';
import type { Capability, TokenSource } from './protocol/session.ts';
import type { Algorithm } from './signing.ts';
import { parseOAuthToken } from './token-answer.ts';
import { TokenError } from './token-error.ts';

const TIME_LIMIT_MS = 10_000;

/** Asks the mint endpoint of an issuer that another Assay process runs, such as `./assay serve`. */
export class RemoteMint implements Mint {
  readonly can: ReadonlySet<Capability> = new Set<Capability>(['tokens', 'claims', 'forge']);
  readonly #mint: string;
  readonly #keys: JWK[];

  private constructor(mint: string, keys: JWK[]) {
    this.#mint = mint;
    this.#keys = keys;
  }

  /** Throws a TokenError when the issuer does not answer. */
  static async open({ mint }: TokenSource & { kind: 'remote' }): Promise<RemoteMint> {
    const { keys } = (await fetchJson(mint)) as { keys: JWK[] };
    return new RemoteMint(mint, keys);
  }

  async signIn(person: Person, overrides: SignInOverrides = {}): Promise<OAuthToken> {
    return parseOAuthToken(await this.#ask(toMintRequest(person, overrides)), `the mint ${this.#mint}`);
  }

  async accessToken(person: Person, forge: Forge = {}): Promise<string> {
    return this.#askOne(toMintRequest(person, { sign: 'ours', ...forge }));
  }

  publicKeys(): JWK[] {
    return this.#keys;
  }

  async rawSign(header: string, payload: string, alg: Algorithm): Promise<string> {
    return this.#askOne({ raw: { header, payload, alg } });
  }

  async #askOne(request: MintRequest): Promise<string> {
    const { access_token } = JSON.parse(await this.#ask(request)) as { access_token: string };
    return access_token;
  }

  async #ask(request: MintRequest): Promise<string> {
    const response = await fetch(this.#mint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    }).catch((cause: unknown) => {
      throw new TokenError(`the mint ${this.#mint} does not answer`, { cause });
    });
    if (!response.ok) throw new TokenError(`the mint ${this.#mint} answered ${response.status}`);
    return response.text();
  }
}
