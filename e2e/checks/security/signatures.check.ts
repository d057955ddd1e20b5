import { assembleJwt, encodePart, readJwt } from '../../support/jwt.ts';
import { expectPowerless, type Forgery, inBody } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoTrace, expectRefusal } from '../../support/traces.ts';

const ALGORITHMS = ['RS256', 'ES256'] as const;
const unsigned = () => Buffer.alloc(0);
const garbage = () => Buffer.alloc(256, 7);

requirement(
  'USR-SEC-001',
  'nobody is made or changed when the token names no algorithm',
  { needs: ['forge'] },
  async (context) => {
    const forged =
      (header: object, sign = unsigned): Forgery =>
      async (person) => {
        const good = readJwt(await context.mint.accessToken(person));
        return assembleJwt({ ...good.header, ...header }, good.claims, sign);
      };
    const spellings = ['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'none\0', '', 'null', null, undefined, 0, []];
    const named = [...spellings, ['none'], { toString: 'none' }].map((alg) => [`alg ${JSON.stringify(alg)}`, alg]);

    await expectPowerless(context, {
      ...Object.fromEntries(named.map(([what, alg]) => [what, forged({ alg })])),
      'alg none and a signature': forged({ alg: 'none' }, garbage),
      'alg none and no kid': forged({ alg: 'none', kid: undefined }),
      'alg none and no third part': async (person) => (await forged({ alg: 'none' })(person)).slice(0, -1),
    });
  },
);

requirement(
  'USR-SEC-002',
  'nobody is made or changed when the signature is not that of the token',
  { needs: ['forge'] },
  async (context) => {
    const other = readJwt(await context.mint.accessToken(context.newPerson())).signature;
    const changed =
      (change: (signature: string) => string, alg: (typeof ALGORITHMS)[number] = 'RS256'): Forgery =>
      async (person) => {
        const token = await context.mint.accessToken(person, { alg });
        const end = token.lastIndexOf('.');
        return `${token.slice(0, end)}${change(token.slice(end))}`;
      };

    await expectPowerless(context, {
      'an empty signature': changed(() => '.'),
      'an empty ES256 signature': changed(() => '.', 'ES256'),
      'no signature part': changed(() => ''),
      'half a signature': changed((signature) => signature.slice(0, signature.length / 2)),
      'the first byte of a signature': changed((signature) => signature.slice(0, 3)),
      'a signature of zeros': changed(() => `.${Buffer.alloc(256).toString('base64url')}`),
      // r = s = 0 verified with every key in Java 15 to 18 (CVE-2022-21449).
      'an ES256 signature of zeros': changed(() => `.${Buffer.alloc(64).toString('base64url')}`, 'ES256'),
      "another token's signature": changed(() => `.${other}`),
      'its own signature, one bit turned': changed(turnBit),
      'its own ES256 signature, one bit turned': changed(turnBit, 'ES256'),
    });
  },
);

const turnBit = (signature: string): string => {
  const bytes = Buffer.from(signature.slice(1), 'base64url');
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  return `.${bytes.toString('base64url')}`;
};

requirement(
  'USR-SEC-003',
  'nobody is made or changed when the token was tampered with',
  { needs: ['forge'] },
  async (context) => {
    const somebody = context.newPerson();
    const tampered =
      (alg: (typeof ALGORITHMS)[number], tamper: (claims: object, goods: object) => object): Forgery =>
      async (person) => {
        const [header, , signature] = (await context.mint.accessToken(somebody, { alg })).split('.');
        const { claims } = readJwt(await context.mint.accessToken(person));
        const goods = readJwt(await context.mint.accessToken(somebody)).claims;
        return `${header}.${encodePart(tamper(claims, goods))}.${signature}`;
      };

    await expectPowerless(context, {
      'all claims replaced': tampered('RS256', (claims) => claims),
      'all claims replaced under ES256': tampered('ES256', (claims) => claims),
      'the subject and the profile replaced': tampered('RS256', (claims, goods) => ({ ...goods, ...claims })),
      'all claims replaced in a token that has signed in': async (person) => {
        const { token } = await context.signIn(somebody);
        const [header, , signature] = token.access_token.split('.');
        return `${header}.${encodePart(readJwt(await context.mint.accessToken(person)).claims)}.${signature}`;
      },
      'a header replaced': async (person) => {
        const [, claims, signature] = (await context.mint.accessToken(person)).split('.');
        const { header } = readJwt(await context.mint.accessToken(person));
        return `${encodePart({ ...header, typ: 'at+jwt' })}.${claims}.${signature}`;
      },
    });

    // Whoever remembers good tokens must remember all of each, and not just what it says.
    const what = 'another signature under the claims of a token that has signed in and out';
    const { person, token, profile } = await context.signIn();
    await context.disconnect(profile.id);
    const { signature } = readJwt(await context.mint.accessToken(somebody));
    const forged = `${token.access_token.slice(0, token.access_token.lastIndexOf('.'))}.${signature}`;
    const answer = await inBody(context.client, forged);
    await expectNoTrace(context, [{ what, person, answer }]);
    expectRefusal(context, what, answer);
  },
);
