import { generateKeyPair, type JsonWebKey, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSign } from './certificate.ts';

/** A key pair that no issuer publishes, with all that an attacker needs to have it believed. */
export interface AttackerKey {
  readonly alg: 'RS256' | 'ES256';
  /** With `kid`, `alg` and `use`. */
  readonly publicJwk: JsonWebKey;
  /** DER. */
  readonly certificate: Buffer;
  sign(input: Buffer): Buffer;
}

const generate = promisify(generateKeyPair);

export async function makeAttackerKey(alg: AttackerKey['alg']): Promise<AttackerKey> {
  const { privateKey, publicKey } =
    alg === 'RS256' ? await generate('rsa', { modulusLength: 2048 }) : await generate('ec', { namedCurve: 'P-256' });
  return {
    alg,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid: `attacker-${alg}`, alg, use: 'sig' },
    certificate: selfSign(privateKey, publicKey),
    sign: (input) => sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}
