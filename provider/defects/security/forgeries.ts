import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { both, extend, isAt, verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Identity } from '../../user.ts';
import { identityOf } from '../../verifier.ts';
import type { Defect } from '../defect.ts';
import { alsoTakes, forgives, keysOf } from '../support/lenient-verifier.ts';

const partOf = (token: string, part: 0 | 1 | 2): string => token.split('.')[part] ?? '';

/** Takes the signature of a token that was verified before as good for any other. */
function remembersSignatures(): Alteration {
  const seen = new Set<string>();
  return both(
    verifier((verify) => async (token) => {
      const identity = await verify(token);
      seen.add(partOf(token, 2));
      return identity;
    }),
    alsoTakes((token) => {
      if (!seen.has(partOf(token, 2))) throw new Error('never seen');
      return identityOf(decodeJwt(token));
    }),
  );
}

/** A token in the Authorization header is decoded and not verified. */
function believesHeader(): Alteration {
  const fromHeader = new Set<string>();
  return both(
    alsoTakes((token) => {
      if (!fromHeader.has(token)) throw new Error('from the body');
      return identityOf(decodeJwt(token));
    }),
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { authorization } = request.headers;
        if (isAt(request, 'authenticate') && !request.body && authorization) {
          fromHeader.add(authorization.replace(/^Bearer +/i, ''));
        }
      });
    }),
  );
}

/** The claims of a payload whose members come twice, the first of each counting. */
function firstClaims(token: string): Record<string, unknown> {
  const text = Buffer.from(partOf(token, 1), 'base64url').toString();
  const last = JSON.parse(text) as Record<string, unknown>;
  const first = Object.keys(last).map((name) => {
    const value = new RegExp(`"${name}":("[^"]*"|[\\d.]+)`).exec(text)?.[1];
    return [name, value ? JSON.parse(value) : last[name]];
  });
  return Object.fromEntries(first);
}

/** With a good token in the Authorization header, the one in the body is decoded and not verified. */
const headerVouches: Alteration = (parts) => ({
  ...parts,
  handlers(given, prepared) {
    const own = parts.handlers(given, prepared);
    return {
      ...own,
      async authenticate_from_oauth_token(request, reply) {
        const inHeader = request.headers.authorization?.replace(/^Bearer +/i, '');
        const inBody = request.body?.access_token;
        if (!inHeader || !inBody) return own.authenticate_from_oauth_token(request, reply);
        await given.verify(inHeader);
        const user = given.store.signIn(identityOf(decodeJwt(inBody)), given.clock.now());
        prepared.changed();
        return reply.type('application/json').send(prepared.profile(user));
      },
    };
  },
});

/** Tokens that are verified, though not quite. */
export const forgeryDefects: readonly Defect[] = [
  {
    name: 'same-signature-is-enough',
    sentence: 'Verified tokens are remembered by their signature: with it, any claims will do.',
    requirement: 'USR-SEC-003',
    seed: remembersSignatures(),
  },
  {
    name: 'unknown-key-is-trusted',
    sentence: 'A token whose key the issuer does not publish is decoded and not verified.',
    requirement: 'USR-SEC-005',
    seed: alsoTakes(async (token, settings) => {
      const { keys } = await keysOf(settings);
      if (keys.some(({ kid }) => kid === decodeProtectedHeader(token).kid)) throw new Error('a known key');
      return identityOf(decodeJwt(token));
    }),
  },
  {
    name: 'key-address-is-asked',
    sentence: 'The address in the header of a token (jku) is asked, though what it answers is not believed.',
    requirement: 'USR-SEC-008',
    seed: verifier((verify) => async (token) => {
      const identity = verify(token);
      identity.catch(() => undefined); // it is awaited below
      const address = /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token) ? headerOf(token).jku : undefined;
      if (typeof address === 'string' && URL.canParse(address)) await fetch(address).catch(() => undefined);
      return identity;
    }),
  },
  {
    name: 'key-id-is-a-path',
    sentence: 'A key is looked for as a file that is named by the key id of the token: one that is not there is a 500.',
    requirement: 'USR-SEC-009',
    seed: verifier((verify) => async (token) => {
      const { kid } = headerOf(token);
      if (typeof kid === 'string' && kid.includes('/')) readFileSync(join('/var/lib/users/keys', kid));
      return verify(token);
    }),
  },
  {
    name: 'subject-is-made-text',
    sentence: 'A subject that is a number or an object is made a text of.',
    requirement: 'USR-SEC-018',
    seed: alsoTakes(async (token, settings) => {
      const { issuer, audience } = settings;
      const { payload } = await jwtVerify(token, createLocalJWKSet(await keysOf(settings)), { issuer, audience });
      const { sub, ...claims } = payload;
      if (!sub) throw new Error('no subject');
      return identityOf({ ...claims, sub: String(sub) });
    }),
  },
  {
    name: 'first-claim-counts',
    sentence: 'Of a claim that a token has twice, the first is checked by one library and the last by another.',
    requirement: 'USR-SEC-020',
    seed: both(
      forgives((_usual, token) => ({ currentDate: new Date(((decodeJwt(token).exp ?? 1) - 1) * 1000) })),
      verifier((verify, settings) => async (token) => {
        const identity = await verify(token);
        const { sub, exp, iss, aud } = firstClaims(token);
        const isGood = Number(exp) * 1000 > Date.now() && iss === settings.issuer && aud === settings.audience;
        if (!isGood) throw new Problem(401, 'The token is not valid.');
        return { ...identity, subject: String(sub) } as Identity;
      }),
    ),
  },
  {
    name: 'header-is-not-verified',
    sentence: 'A token in the Authorization header is decoded and not verified.',
    requirement: 'USR-SEC-022',
    seed: believesHeader(),
  },
  {
    name: 'claims-alone-are-taken',
    sentence: 'Claims without header and signature are taken for a token.',
    requirement: 'USR-SEC-021',
    seed: alsoTakes((token) => identityOf(JSON.parse(Buffer.from(token, 'base64url').toString()))),
  },
  {
    name: 'header-vouches-for-body',
    sentence: 'With a good token in the Authorization header, the one in the body is decoded and not verified.',
    requirement: 'USR-SEC-026',
    seed: headerVouches,
  },
];

function headerOf(token: string): Record<string, unknown> {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return {};
  }
}
