import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { selfSign } from './certificate.ts';

describe('selfSign', () => {
  test.each([
    ['EC', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('makes a certificate of an %s key that others can read and verify', (_type, { privateKey, publicKey }) => {
    const certificate = new X509Certificate(selfSign(privateKey, publicKey));

    expect(certificate.subject).toBe('CN=attacker');
    expect(certificate.publicKey.equals(publicKey)).toBe(true);
    expect(certificate.verify(publicKey)).toBe(true);
  });
});
