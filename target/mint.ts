import type { JWK } from 'jose';
import type { components } from '../contracts/openapi.d.ts';
import type { Claims } from './claims.ts';
import { CommandMint } from './command-mint.ts';
import { KeyMint } from './key-mint.ts';
import type { Person } from './person.ts';
import type { Capability, TokenSource } from './protocol/session.ts';
import { RemoteMint } from './remote-mint.ts';
import type { Algorithm } from './signing.ts';
import { TokenError } from './token-error.ts';

/** What a client hands to `POST /users/authenticate/from_token`, in the names of the wire. Whose token it is says what else is in it. */
export type OAuthToken = Pick<components['schemas']['OAuthToken'], 'access_token' | 'token_type' | 'expires_in'> & {
  readonly [member: string]: unknown;
};

export interface SignInOverrides {
  /** Laid over the claims of both tokens; `undefined` removes one. */
  readonly claims?: Claims;
  /** Default RS256. */
  readonly alg?: Algorithm;
}

export interface Forge {
  /** Laid over the claims of a good access token; `undefined` removes one. */
  readonly claims?: Claims;
  /** Laid over a good header; `undefined` removes a member. */
  readonly header?: Claims;
  /** The key that signs and the `alg` that the header names unless `header` says otherwise. Default RS256. */
  readonly alg?: Algorithm;
  /** `foreign`: by a key of the same kind that the issuer does not publish, under the kid of ours. Default `ours`. */
  readonly sign?: 'ours' | 'foreign' | 'none' | 'hs256-with-public-key';
}

/** Makes tokens. A method that the source cannot serve (`can`) rejects with a `TokenError`. */
export interface Mint {
  /** Of `tokens`, `claims` and `forge`, what this source gives. */
  readonly can: ReadonlySet<Capability>;
  /** A good pair for this person. Without `claims` the source chooses the person. */
  signIn(person: Person, overrides?: SignInOverrides): Promise<OAuthToken>;
  /** A good access token, but for what is asked. */
  accessToken(person: Person, forge?: Forge): Promise<string>;
  /** The issuer's published keys; empty where we cannot know them. */
  publicKeys(): JWK[];
  /** Signs these very bytes with the issuer's key for `alg`, whatever the header says. */
  rawSign(headerJson: string, payloadJson: string, alg: Algorithm): Promise<string>;
}

/** Opens the mint of a token source. */
export async function openMint(source: TokenSource): Promise<Mint> {
  switch (source.kind) {
    case 'issuer':
      return new KeyMint(source);
    case 'remote':
      return RemoteMint.open(source);
    case 'command':
      return new CommandMint(source);
    case 'none':
      return NO_MINT;
  }
}

const refuse = async (): Promise<never> => {
  throw new TokenError('this run has no source of tokens: give --issuer-url or --token-command');
};

const NO_MINT: Mint = { can: new Set(), signIn: refuse, accessToken: refuse, publicKeys: () => [], rawSign: refuse };
