import { type JWK, SignJWT } from 'jose';
import { buildAccessClaims, buildIdClaims, type Claims, LIFETIME_S, overlay } from './claims.ts';
import type { Forge, Mint, OAuthToken, SignInOverrides } from './mint.ts';
import type { Person } from './person.ts';
import type { Capability, TokenSource } from './protocol/session.ts';
import { type Algorithm, generateKeys, keyOf, signNot, signRaw, signWithPublicKey, toPublic } from './signing.ts';

type IssuerSource = TokenSource & { kind: 'issuer' };

/** Mints with the private keys of the run's own issuer, without asking it: tokens can be had while it is down. */
export class KeyMint implements Mint {
  readonly can: ReadonlySet<Capability> = new Set<Capability>(['tokens', 'claims', 'forge']);
  readonly #source: IssuerSource;
  readonly #keys: JWK[];
  #foreignKeys: Promise<JWK[]> | undefined;

  constructor(source: IssuerSource) {
    this.#source = source;
    this.#keys = source.keys as JWK[];
  }

  async signIn(person: Person, { claims, alg = 'RS256' }: SignInOverrides = {}): Promise<OAuthToken> {
    return {
      access_token: await this.#signGood(overlay(buildAccessClaims(this.#source, person), claims), alg),
      token_type: 'Bearer',
      expires_in: LIFETIME_S,
      scope: 'openid profile email',
      id_token: await this.#signGood(overlay(buildIdClaims(this.#source, person), claims), alg),
    };
  }

  async accessToken(person: Person, { claims, header, alg = 'RS256', sign = 'ours' }: Forge = {}): Promise<string> {
    const key = keyOf(this.#keys, alg);
    const named = sign === 'none' ? 'none' : sign === 'hs256-with-public-key' ? 'HS256' : alg;
    const headerJson = JSON.stringify(overlay({ alg: named, typ: 'JWT', kid: key.kid }, header));
    const payloadJson = JSON.stringify(overlay(buildAccessClaims(this.#source, person), claims));
    switch (sign) {
      case 'ours':
        return signRaw(headerJson, payloadJson, alg, key);
      case 'foreign':
        this.#foreignKeys ??= generateKeys();
        return signRaw(headerJson, payloadJson, alg, keyOf(await this.#foreignKeys, alg));
      case 'none':
        return signNot(headerJson, payloadJson);
      case 'hs256-with-public-key':
        return signWithPublicKey(headerJson, payloadJson, key);
    }
  }

  publicKeys(): JWK[] {
    return this.#keys.map(toPublic);
  }

  async rawSign(headerJson: string, payloadJson: string, alg: Algorithm): Promise<string> {
    return signRaw(headerJson, payloadJson, alg, keyOf(this.#keys, alg));
  }

  async #signGood(claims: Claims, alg: Algorithm): Promise<string> {
    const key = keyOf(this.#keys, alg);
    const header = { alg, typ: 'JWT', ...(key.kid ? { kid: key.kid } : {}) };
    return new SignJWT(claims).setProtectedHeader(header).sign(key);
  }
}
