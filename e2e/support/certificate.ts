import { type KeyObject, sign } from 'node:crypto';

// Node reads certificates and makes none. The tags are those of X.690; the structure is RFC 5280, section 4.1.
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;

const COMMON_NAME = Buffer.from('550403', 'hex'); // 2.5.4.3
const ECDSA_WITH_SHA256 = Buffer.from('2a8648ce3d040302', 'hex'); // 1.2.840.10045.4.3.2
const SHA256_WITH_RSA = Buffer.from('2a864886f70d01010b', 'hex'); // 1.2.840.113549.1.1.11

/** A certificate (version 1, DER) for this key pair, signed by itself: what an attacker puts into `x5c` or behind `x5u`. */
export function selfSign(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const isEc = publicKey.asymmetricKeyType === 'ec';
  const algorithm = node(SEQUENCE, node(OBJECT_ID, isEc ? ECDSA_WITH_SHA256 : SHA256_WITH_RSA));
  const name = node(SEQUENCE, node(SET, node(SEQUENCE, node(OBJECT_ID, COMMON_NAME), node(UTF8_STRING, 'attacker'))));
  const validity = node(SEQUENCE, node(UTC_TIME, '200101000000Z'), node(UTC_TIME, '490101000000Z'));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const content = node(SEQUENCE, node(INTEGER, Buffer.of(1)), algorithm, name, validity, name, key);
  const signature = sign('sha256', content, privateKey);
  return node(SEQUENCE, content, algorithm, node(BIT_STRING, Buffer.of(0), signature));
}

function node(tag: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(contents.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.of(tag), lengthOf(content), content]);
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.of(length);
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}
