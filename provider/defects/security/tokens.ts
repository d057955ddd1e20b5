import { createHmac, createPublicKey, type JsonWebKey, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, EmbeddedJWK, type JSONWebKeySet, jwtVerify } from 'jose';
import { both, extend, isAt, verifier } from '../../alterations/hooks.ts';
import type { Alteration } from '../../run.ts';
import type { Identity } from '../../user.ts';
import { identityOf } from '../../verifier.ts';
import type { Defect } from '../defect.ts';
import { alsoTakes, forgives, keysOf } from '../support/lenient-verifier.ts';

const unverified = (token: string): Identity => identityOf(decodeJwt(token));
const [headerOf, payloadOf, signatureOf] = [0, 1, 2].map((part) => (token: string) => token.split('.')[part] ?? '') as [
  (token: string) => string,
  (token: string) => string,
  (token: string) => string,
];

/** Whoever was welcomed once is believed: the tokens that they come with later are not verified. */
function believes(
  isKnown: (request: FastifyRequest) => boolean,
  welcome: (request: FastifyRequest, reply: FastifyReply) => void,
): Alteration {
  const believed = new Set<string>();
  return both(
    verifier((verify) => async (token) => (believed.delete(token) ? unverified(token) : verify(token))),
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { access_token } = (request.body ?? {}) as { access_token?: string };
        if (isAt(request, 'authenticate') && access_token && isKnown(request)) believed.add(access_token);
      });
      app.addHook('onSend', async (request, reply) => {
        if (isAt(request, 'authenticate') && reply.statusCode === 200) welcome(request, reply);
      });
    }),
  );
}

function believesConnections(): Alteration {
  const sockets = new WeakSet<object>();
  return believes(
    ({ socket }) => sockets.has(socket),
    ({ socket }) => sockets.add(socket),
  );
}

function believesCookies(): Alteration {
  const sessions = new Set<string>();
  return believes(
    ({ headers }) => sessions.has(headers.cookie ?? ''),
    (_request, reply) => {
      const session = `session=${randomUUID()}`;
      sessions.add(session);
      reply.header('set-cookie', `${session}; HttpOnly; SameSite=Strict`);
    },
  );
}

/** Signatures that are not checked, or checked with a key that is not the issuer's. */
export const signatureDefects: readonly Defect[] = [
  {
    name: 'signature-is-not-checked',
    sentence: 'Tokens are decoded and not verified.',
    requirement: 'USR-SEC-002',
    seed: alsoTakes(unverified),
  },
  {
    name: 'none-is-taken',
    sentence: 'A token of the algorithm none is taken.',
    requirement: 'USR-SEC-001',
    seed: alsoTakes((token) => {
      if (decodeProtectedHeader(token).alg !== 'none') throw new Error('signed');
      return unverified(token);
    }),
  },
  {
    name: 'public-key-as-secret',
    sentence: 'A token of HS256 is verified with the public key as the secret.',
    requirement: 'USR-SEC-004',
    seed: alsoTakes(async (token, settings) => {
      const { keys } = await keysOf(settings);
      const input = `${headerOf(token)}.${payloadOf(token)}`;
      const macs = keys.map((key) =>
        createHmac(
          'sha256',
          createPublicKey({ key: key as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
        )
          .update(input)
          .digest('base64url'),
      );
      if (decodeProtectedHeader(token).alg !== 'HS256' || !macs.includes(signatureOf(token))) throw new Error('forged');
      return unverified(token);
    }),
  },
  {
    name: 'key-in-header-is-trusted',
    sentence: 'A token is verified with the key in its own header (jwk).',
    requirement: 'USR-SEC-006',
    seed: alsoTakes(async (token) => identityOf((await jwtVerify(token, EmbeddedJWK)).payload)),
  },
  {
    name: 'key-address-is-trusted',
    sentence: 'A token is verified with the keys at the address in its own header (jku).',
    requirement: 'USR-SEC-007',
    seed: alsoTakes(async (token) => {
      const keys = (await (await fetch(decodeProtectedHeader(token).jku ?? '')).json()) as JSONWebKeySet;
      return identityOf((await jwtVerify(token, createLocalJWKSet(keys))).payload);
    }),
  },
  {
    name: 'same-payload-is-enough',
    sentence: 'Verified tokens are remembered by their payload: with it, any signature will do.',
    requirement: 'USR-SEC-003',
    seed: (parts, settings) => {
      const seen = new Map<string, Identity>();
      return both(
        verifier((verify) => async (token) => {
          const identity = await verify(token);
          seen.set(payloadOf(token), identity);
          return identity;
        }),
        alsoTakes((token) => {
          const identity = seen.get(payloadOf(token));
          if (!identity) throw new Error('never seen');
          return identity;
        }),
      )(parts, settings);
    },
  },
  {
    name: 'connection-is-trusted',
    sentence: 'Over a connection that signed somebody in, tokens are not verified any more.',
    requirement: 'USR-SEC-005',
    seed: believesConnections(),
  },
  {
    name: 'cookie-is-trusted',
    sentence: 'Tokens that come with the cookie of an earlier sign-in are not verified.',
    requirement: 'USR-SEC-005',
    seed: believesCookies(),
  },
  {
    name: 'critical-is-ignored',
    sentence: 'Extensions that a token says must be understood (crit) are ignored.',
    requirement: 'USR-SEC-025',
    seed: forgives((usual, token) => ({
      ...usual,
      crit: Object.fromEntries((decodeProtectedHeader(token).crit ?? []).map((name) => [name, false])),
    })),
  },
];

/** Whoever sends an id token too is taken for somebody who signed in just now: when the access token ends is not looked at. */
function forgivesBesideIdToken(): Alteration {
  const beside = new Set<string>();
  return both(
    forgives((usual, token) =>
      beside.delete(token) ? { ...usual, currentDate: new Date(((decodeJwt(token).exp ?? 1) - 1) * 1000) } : usual,
    ),
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { access_token, id_token } = (request.body ?? {}) as { access_token?: string; id_token?: string };
        if (isAt(request, 'authenticate') && access_token && id_token) beside.add(access_token);
      });
    }),
  );
}

/** Claims that are not checked, or not well enough. */
export const claimDefects: readonly Defect[] = [
  {
    name: 'expiry-is-not-checked',
    sentence: 'An expired token is taken.',
    requirement: 'USR-SEC-010',
    seed: forgives((usual, token) => ({ ...usual, currentDate: new Date(((decodeJwt(token).exp ?? 1) - 1) * 1000) })),
  },
  {
    name: 'expiry-is-not-checked-beside-id-token',
    sentence: 'An expired token is taken where an id token comes with it.',
    requirement: 'USR-SEC-010',
    seed: forgivesBesideIdToken(),
  },
  {
    name: 'expiry-is-in-milliseconds',
    sentence: 'A token that expired less than an hour ago is taken: the leeway is in the wrong unit.',
    requirement: 'USR-SEC-010',
    seed: forgives((usual) => ({ ...usual, clockTolerance: 3_600 })),
  },
  {
    name: 'expiry-is-optional',
    sentence: 'A token that never expires is taken.',
    requirement: 'USR-SEC-012',
    seed: forgives((usual) => ({ ...usual, requiredClaims: ['sub'] })),
  },
  {
    name: 'not-before-is-not-checked',
    sentence: 'A token that is not valid yet is taken.',
    requirement: 'USR-SEC-011',
    seed: forgives((usual, token) => ({ ...usual, currentDate: new Date(((decodeJwt(token).nbf ?? 0) + 1) * 1000) })),
  },
  {
    name: 'issuer-is-not-checked',
    sentence: 'A token that names another issuer is taken.',
    requirement: 'USR-SEC-016',
    seed: forgives(({ issuer, ...usual }) => usual),
  },
  {
    name: 'issuer-is-prefix',
    sentence: 'An issuer that begins like ours is taken for it.',
    requirement: 'USR-SEC-016',
    seed: forgives(({ issuer, ...usual }, token) =>
      decodeJwt(token).iss?.startsWith(String(issuer)) ? usual : { ...usual, issuer: String(issuer) },
    ),
  },
  {
    name: 'audience-is-not-checked',
    sentence: 'A token for another audience is taken.',
    requirement: 'USR-SEC-013',
    seed: forgives(({ audience, ...usual }) => usual),
  },
  {
    name: 'audience-is-optional',
    sentence: 'A token for no audience is taken.',
    requirement: 'USR-SEC-014',
    seed: forgives(({ audience, ...usual }, token) =>
      decodeJwt(token).aud === undefined ? usual : { ...usual, audience: String(audience) },
    ),
  },
  {
    name: 'audience-is-part',
    sentence: 'An audience that contains ours is taken for it.',
    requirement: 'USR-SEC-013',
    seed: forgives(({ audience, ...usual }, token) =>
      String(decodeJwt(token).aud).includes(String(audience)) ? usual : { ...usual, audience: String(audience) },
    ),
  },
  {
    name: 'id-token-is-taken',
    sentence: 'An id token, which is for the client, is taken for an access token.',
    requirement: 'USR-SEC-019',
    seed: forgives(({ audience, ...usual }, token) => {
      const { aud, azp } = decodeJwt(token);
      return aud !== undefined && aud === azp ? usual : { ...usual, audience: String(audience) };
    }),
  },
  {
    name: 'subject-is-optional',
    sentence: 'A token without a subject signs in the user called undefined.',
    requirement: 'USR-SEC-017',
    seed: alsoTakes(async (token, settings) => {
      const { issuer, audience } = settings;
      const { payload } = await jwtVerify(token, createLocalJWKSet(await keysOf(settings)), { issuer, audience });
      if (payload.sub) throw new Error('has a subject');
      return { subject: 'undefined', ...(typeof payload.name === 'string' ? { name: payload.name } : {}) };
    }),
  },
  {
    name: 'verified-once-is-for-ever',
    sentence: 'A token that was verified once is taken for ever, also when it has expired.',
    requirement: 'USR-SEC-010',
    seed: verifier((verify) => {
      const seen = new Map<string, Promise<Identity>>();
      return async (token) => {
        const identity = seen.get(token) ?? verify(token);
        await identity;
        seen.set(token, identity);
        return identity;
      };
    }),
  },
  {
    name: 'one-audience-only',
    sentence: 'A token whose audience is a list is refused, even when ours is in it.',
    requirement: 'USR-SEC-015',
    seed: verifier((verify) => async (token) => {
      if (Array.isArray(decodeJwt(token).aud)) return verify('');
      return verify(token);
    }),
  },
];
