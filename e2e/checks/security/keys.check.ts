import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { makeAttackerKey } from '../../support/attacker.ts';
import { assembleJwt, readJwt } from '../../support/jwt.ts';
import { expectPowerless, type Forgery } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';

requirement(
  'USR-SEC-004',
  'nobody is made or changed when an HMAC has a key that everybody knows',
  { needs: ['forge'] },
  async (context) => {
    const hmac =
      (secret: string | Buffer, hash: '256' | '384' | '512', kid?: string): Forgery =>
      async (person) => {
        const good = readJwt(await context.mint.accessToken(person));
        const header = { ...good.header, alg: `HS${hash}`, ...(kid ? { kid } : {}) };
        return assembleJwt(header, good.claims, (input) => createHmac(`sha${hash}`, secret).update(input).digest());
      };
    const secrets = context.mint.publicKeys().flatMap(knownForms);
    const forgeries = secrets.flatMap(({ form, secret, kid }) =>
      (['256', '384', '512'] as const)
        // One form is enough for the longer hashes: they are the same code.
        .filter((hash) => hash === '256' || form === 'PEM')
        .map((hash) => [`HS${hash} with the key ${kid} as ${form}`, hmac(secret, hash, kid)] as const),
    );

    await expectPowerless(context, {
      ...Object.fromEntries(forgeries),
      'HS256 with an empty key': hmac('', '256'),
      'HS256 with the key "secret"': hmac('secret', '256'),
    });
  },
);

requirement(
  'USR-SEC-005',
  'nobody is made or changed when the issuer does not publish the key',
  { needs: ['forge'] },
  async (context) => {
    const foreign =
      (alg: 'RS256' | 'ES256', header: Record<string, unknown> = {}): Forgery =>
      (person) =>
        context.mint.accessToken(person, { alg, header, sign: 'foreign' });

    await expectPowerless(context, {
      'a foreign RSA key under our kid': foreign('RS256'),
      'a foreign EC key under our kid': foreign('ES256'),
      'a foreign RSA key under a kid of its own': foreign('RS256', { kid: 'foreign-rsa' }),
      'a foreign EC key under a kid of its own': foreign('ES256', { kid: 'foreign-ec' }),
      'a foreign RSA key under no kid': foreign('RS256', { kid: undefined }),
      'a foreign EC key under no kid': foreign('ES256', { kid: undefined }),
    });
  },
);

requirement(
  'USR-SEC-006',
  'nobody is made or changed when the key is in the token itself',
  { needs: ['forge'] },
  async (context) => {
    const forgeries: Record<string, Forgery> = {};
    for (const key of [await makeAttackerKey('RS256'), await makeAttackerKey('ES256')]) {
      const brought =
        (header: object): Forgery =>
        async (person) => {
          const good = readJwt(await context.mint.accessToken(person, { alg: key.alg }));
          return assembleJwt({ ...good.header, ...header }, good.claims, key.sign);
        };
      const { publicJwk: jwk } = key;
      const x5c = [key.certificate.toString('base64')];
      forgeries[`a jwk for ${key.alg} under our kid`] = brought({ jwk });
      forgeries[`a jwk for ${key.alg} under its kid`] = brought({ jwk, kid: jwk.kid });
      forgeries[`a jwk for ${key.alg} under no kid`] = brought({ jwk, kid: undefined });
      forgeries[`an x5c for ${key.alg} under our kid`] = brought({ x5c });
      forgeries[`an x5c for ${key.alg} under no kid`] = brought({ x5c, kid: undefined });
    }

    await expectPowerless(context, forgeries);
  },
);

/** The forms in which a library may hold a public key when it takes it for the key of an HMAC. */
function knownForms(jwk: JsonWebKey) {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const pem = key.export({ type: 'spki', format: 'pem' }).toString();
  const forms = {
    PEM: pem,
    'PEM without the last line break': pem.trimEnd(),
    DER: key.export({ type: 'spki', format: 'der' }),
    JSON: JSON.stringify(jwk),
    'its first number': jwk.n ?? jwk.x ?? '',
    'the bytes of its first number': Buffer.from(jwk.n ?? jwk.x ?? '', 'base64url'),
  };
  return Object.entries(forms).map(([form, secret]) => ({ form, secret, kid: String(jwk.kid) }));
}
