import { generateKeyPair, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
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

/** One key of each kind that a provider may take. */
export async function makeAttackerKeys(): Promise<readonly AttackerKey[]> {
  const [rsa, ec] = await Promise.all([
    generate('rsa', { modulusLength: 2048 }),
    generate('ec', { namedCurve: 'P-256' }),
  ]);
  return [attackerKey('RS256', rsa), attackerKey('ES256', ec)];
}

function attackerKey(alg: AttackerKey['alg'], keys: { privateKey: KeyObject; publicKey: KeyObject }): AttackerKey {
  const { privateKey, publicKey } = keys;
  return {
    alg,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid: `attacker-${alg}`, alg, use: 'sig' },
    certificate: selfSign(privateKey, publicKey),
    sign: (input) => sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}
