import { createHmac, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The signature algorithms of the run's issuer; it has one key of each. */
export const ALGORITHMS = ['RS256', 'ES256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** The private keys of an issuer, one an algorithm. Throw-away: they never leave the machine. */
export const generateKeys = (): Promise<JWK[]> => Promise.all(ALGORITHMS.map(generateKey));

async function generateKey(alg: Algorithm): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg.toLowerCase()}-${crypto.randomUUID()}` };
}

/**
 * Public keys as they stand beside those that sign: one to encrypt with (RSA-OAEP), one of Ed25519 and one of P-521. Every issuer of
 * Keycloak publishes the first.
 */
export async function generateOtherKeys(): Promise<JWK[]> {
  const kinds = [
    ['RSA-OAEP', 'enc'],
    ['EdDSA', 'sig'],
    ['ES512', 'sig'],
  ] as const;
  return Promise.all(
    kinds.map(async ([alg, use]) => {
      const { publicKey } = await generateKeyPair(alg, { extractable: true });
      return { ...(await exportJWK(publicKey)), alg, use, kid: `${alg.toLowerCase()}-${crypto.randomUUID()}` };
    }),
  );
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi'];

/** The part of a key that anyone may know. */
export const toPublic = (key: JWK): JWK =>
  Object.fromEntries(Object.entries(key).filter(([member]) => !PRIVATE_MEMBERS.includes(member))) as JWK;

export const keyOf = (keys: readonly JWK[], alg: Algorithm): JWK => {
  const key = keys.find((candidate) => candidate.alg === alg);
  if (!key) throw new Error(`the issuer has no ${alg} key`);
  return key;
};

// To read an RSA key takes as long as to sign with it.
const readKeys = new WeakMap<JWK, KeyObject>();

function readKey(key: JWK): KeyObject {
  const read = readKeys.get(key) ?? createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });
  readKeys.set(key, read);
  return read;
}

/** Signs header and payload as they are given, byte for byte: jose rightly refuses to make most of what a forger would. */
export function signRaw(header: string, payload: string, alg: Algorithm, key: JWK): string {
  const privateKey = readKey(key);
  return assemble(header, payload, (input) =>
    sign('sha256', input, alg === 'ES256' ? { key: privateKey, dsaEncoding: 'ieee-p1363' } : privateKey),
  );
}

/** A token without signature: it ends with a dot. */
export const signNot = (header: string, payload: string): string => assemble(header, payload, () => Buffer.alloc(0));

/** The HMAC key is the public key in PEM form: what a verifier uses that takes the algorithm from the token (RFC 8725, section 2.1). */
export function signWithPublicKey(header: string, payload: string, key: JWK): string {
  const publicKey = createPublicKey({ key: toPublic(key) as JsonWebKey, format: 'jwk' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  return assemble(header, payload, (input) => createHmac('sha256', pem).update(input).digest());
}

function assemble(header: string, payload: string, signature: (input: Buffer) => Buffer): string {
  const input = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${input}.${signature(Buffer.from(input)).toString('base64url')}`;
}
