import { once } from 'node:events';
import type { FastifyRequest } from 'fastify';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { both, extend, isAt, verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Settings } from '../../settings.ts';
import { identityOf } from '../../verifier.ts';
import type { Defect } from '../defect.ts';
import { keysOf } from '../support/lenient-verifier.ts';
import { hasWorkers } from '../support/workers.ts';

/** Whoever waited so long for a refusal was refused for the issuer's silence, in milliseconds. */
const OUT_OF_TIME_MS = 2_500;

/** The rules of the provider's own verifier. */
const rules = ({ issuer, audience }: Settings) => ({
  issuer,
  audience,
  algorithms: ['RS256', 'ES256'],
  requiredClaims: ['sub', 'exp'],
  clockTolerance: 5,
});

/** Some requests wait until no token is being verified. */
function waitForVerifications(waits: (request: FastifyRequest) => boolean): Alteration {
  const running = new Set<Promise<unknown>>();
  return both(
    verifier((verify) => (token) => {
      const mine = verify(token);
      const done = mine.catch(() => undefined).finally(() => running.delete(done));
      running.add(done);
      return mine;
    }),
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        if (waits(request)) await Promise.all(running);
      });
    }),
  );
}

/** Verifications that overlap share the connection of the first, and what becomes of it. */
function fetchesForTheFirst(): Alteration {
  const hangsUp = new Map<string, Promise<never>>();
  let first: Promise<never> | undefined;
  return both(
    extend((app) => {
      app.addHook('preHandler', async (request) => {
        const { access_token } = (request.body ?? {}) as { access_token?: string };
        if (!access_token) return;
        const gone = once(request.raw.socket, 'close').then(() => {
          throw new Problem(503, 'The request to the issuer was canceled.');
        });
        gone.catch(() => undefined); // it is of interest only to those who wait
        hangsUp.set(access_token, gone);
      });
    }),
    verifier((verify) => async (token) => {
      const own = hangsUp.get(token);
      hangsUp.delete(token);
      const isFirst = first === undefined;
      first ??= own;
      try {
        return await Promise.race([verify(token), ...(first ? [first] : [])]);
      } finally {
        if (isFirst) first = undefined;
      }
    }),
  );
}

/** Verifies with keys that come from somewhere else than usual. */
export const withKeys = (keys: (settings: Settings) => () => Promise<JSONWebKeySet>) =>
  verifier((_verify, settings) => {
    const find = keys(settings);
    return async (token) => {
      const set = await find().catch(() => {
        throw new Problem(503, 'The issuer cannot be asked.');
      });
      return jwtVerify(token, createLocalJWKSet(set), rules(settings)).then(
        ({ payload }) => identityOf(payload),
        () => {
          throw new Problem(401, 'The token is not valid.');
        },
      );
    };
  });

/** An issuer that is down, slow or changing its keys. */
export const issuerDefects: readonly Defect[] = [
  {
    name: 'issuer-is-awaited-for-ever',
    sentence: 'An issuer that does not answer is waited for as long as it likes.',
    requirement: 'USR-FAULT-006',
    seed: withKeys((settings) => () => keysOf(settings)),
  },
  {
    name: 'issuer-fault-is-for-ever',
    sentence: 'An issuer that could not be asked once is never asked again.',
    requirement: 'USR-FAULT-005',
    seed: withKeys((settings) => {
      let first: Promise<JSONWebKeySet> | undefined;
      return () => {
        first ??= keysOf(settings);
        return first;
      };
    }),
  },
  {
    name: 'slot-is-lost-with-the-issuer',
    sentence: 'Eight tokens may be verified at a time; where the issuer cannot be asked, the slot is not given back.',
    requirement: 'USR-FAULT-005',
    seed: verifier((verify) => {
      let free = 8;
      return async (token) => {
        if (free === 0) throw new Problem(503, 'Too many sign-ins.');
        free -= 1;
        try {
          const identity = await verify(token);
          free += 1;
          return identity;
        } catch (error) {
          if (error instanceof Problem && error.status !== 503) free += 1;
          throw error;
        }
      };
    }),
  },
  {
    name: 'keys-are-for-ever',
    sentence: 'The keys of the issuer are asked for once: new ones stay unknown.',
    requirement: 'USR-FAULT-011',
    seed: withKeys((settings) => {
      let known: JSONWebKeySet | undefined;
      return async () => {
        known ??= await keysOf(settings);
        return known;
      };
    }),
  },
  {
    name: 'unknown-key-locks-keys',
    sentence:
      'After a token with a key that the issuer does not have, its keys are not asked for again for ten minutes.',
    requirement: 'USR-FAULT-011',
    seed: verifier((verify, settings) => {
      let known: JSONWebKeySet = { keys: [] };
      let lockedUntil = 0;
      return async (token) => {
        const { kid } = decodeProtectedHeader(token);
        const isKnown = () => known.keys.some((key) => key.kid === kid);
        if (!isKnown() && Date.now() > lockedUntil) {
          known = await keysOf(settings);
          if (!isKnown()) lockedUntil = Date.now() + 600_000;
        }
        return verify(isKnown() ? token : '');
      };
    }),
  },
  {
    name: 'unknown-key-stays-unknown',
    sentence: 'A key that the issuer did not have when it was looked for is not looked for again.',
    requirement: 'USR-FAULT-011',
    seed: verifier((verify, settings) => {
      const unknown = new Set<string>();
      return async (token) => {
        const { kid } = decodeProtectedHeader(token);
        if (kid && unknown.has(kid)) throw new Problem(401, 'The token is not valid.');
        try {
          return await verify(token);
        } catch (refusal) {
          const { keys } = await keysOf(settings);
          if (kid && !keys.some((key) => key.kid === kid)) unknown.add(kid);
          throw refusal;
        }
      };
    }),
  },
  {
    name: 'known-keys-wait-for-unknown',
    sentence: 'The keys are under one lock, which is held while the issuer is asked for another.',
    requirement: 'USR-FAULT-052',
    seed: verifier((verify) => {
      let last: Promise<unknown> = Promise.resolve();
      return (token) => {
        const mine = last.then(() => verify(token));
        last = mine.catch(() => undefined);
        return mine;
      };
    }),
  },
  {
    name: 'workers-wait-for-the-issuer',
    sentence: 'Four workers take all requests, and a sign-in keeps its own while it waits for the issuer.',
    requirement: 'USR-FAULT-053',
    seed: hasWorkers(4),
  },
  {
    name: 'issuer-fault-opens',
    sentence: 'While the issuer cannot be asked, every token is taken.',
    requirement: 'USR-FAULT-002',
    seed: verifier((verify) => async (token) => {
      try {
        return await verify(token);
      } catch (refusal) {
        if (refusal instanceof Problem && refusal.status === 503) return identityOf(decodeJwt(token));
        throw refusal;
      }
    }),
  },
  {
    name: 'slow-issuer-opens',
    sentence: 'A token whose issuer does not answer in time is taken, so that nobody waits in vain.',
    requirement: 'USR-FAULT-002',
    seed: verifier((verify) => async (token) => {
      const askedAt = performance.now();
      try {
        return await verify(token);
      } catch (refusal) {
        if (performance.now() - askedAt > OUT_OF_TIME_MS) return identityOf(decodeJwt(token));
        throw refusal;
      }
    }),
  },
  {
    name: 'issuer-fault-signs-out',
    sentence: 'A user whose token cannot be verified because the issuer cannot be asked is removed.',
    requirement: 'USR-FAULT-003',
    seed: (parts, settings) =>
      verifier((verify) => async (token) => {
        try {
          return await verify(token);
        } catch (refusal) {
          const known = [...parts.store.all()].find(({ identity }) => identity.subject === decodeJwt(token).sub);
          if (refusal instanceof Problem && refusal.status === 503 && known) parts.store.remove(known.id);
          throw refusal;
        }
      })(parts, settings),
  },
  {
    name: 'unknown-key-opens',
    sentence: 'A token whose key the issuer cannot be asked for is taken.',
    requirement: 'USR-FAULT-002',
    seed: verifier((verify, settings) => {
      let known: JSONWebKeySet | undefined;
      return async (token) => {
        const fresh = await keysOf(settings).catch(() => undefined);
        known = fresh ?? known;
        const { kid } = decodeProtectedHeader(token);
        const isKnown = known?.keys.some((key) => key.kid === kid);
        return !fresh && !isKnown ? identityOf(decodeJwt(token)) : verify(token);
      };
    }),
  },
  {
    name: 'issuer-fault-crashes',
    sentence: 'An issuer that cannot be asked ends the provider.',
    requirement: 'USR-FAULT-001',
    seed: verifier(
      (verify) => (token) =>
        verify(token).catch((refusal: Problem) => {
          if (refusal.status === 503) process.exit(1);
          throw refusal;
        }),
    ),
  },
  {
    name: 'reads-wait-for-issuer',
    sentence: 'While a token is being verified, nobody can read.',
    requirement: 'USR-FAULT-007',
    seed: waitForVerifications((request) => request.method === 'GET'),
  },
  {
    name: 'disconnects-wait-for-issuer',
    sentence: 'While a token is being verified, nobody can be disconnected: both hold the lock of the writers.',
    requirement: 'USR-FAULT-049',
    seed: waitForVerifications((request) => isAt(request, 'disconnect')),
  },
  {
    name: 'first-caller-takes-the-keys-along',
    sentence: 'Whoever comes while the keys are fetched waits for who came first: if that hangs up, all are 503.',
    requirement: 'USR-FAULT-050',
    seed: fetchesForTheFirst(),
  },
  {
    name: 'other-keys-break-the-set',
    sentence: 'A key of the issuer that is of no use here makes all of them useless.',
    requirement: 'USR-FAULT-047',
    seed: verifier((verify, settings) => async (token) => {
      const { keys } = await keysOf(settings);
      return verify(keys.every(({ alg }) => alg === 'RS256' || alg === 'ES256') ? token : '');
    }),
  },
  {
    name: 'first-key-of-the-kind-counts',
    sentence: 'Of the keys of the issuer the first RSA key or the first elliptic one is used, whatever it is for.',
    requirement: 'USR-FAULT-047',
    seed: verifier((verify, settings) => async (token) => {
      const { kid, alg } = decodeProtectedHeader(token);
      const first = (await keysOf(settings)).keys.find(({ kty }) => kty === (alg === 'RS256' ? 'RSA' : 'EC'));
      return verify(first?.kid === kid ? token : '');
    }),
  },
  {
    name: 'only-first-key-counts',
    sentence: 'Only the first key that the issuer publishes is used.',
    requirement: 'USR-FAULT-014',
    seed: verifier((verify, settings) => async (token) => {
      const [first] = (await keysOf(settings)).keys;
      return verify(first?.kid === decodeProtectedHeader(token).kid ? token : '');
    }),
  },
  {
    name: 'half-of-es256-is-refused',
    sentence: 'An ES256 signature that begins with a high bit is taken for a negative number, and refused.',
    requirement: 'USR-ID-030',
    seed: verifier((verify) => (token) => {
      const [header, , signature = ''] = token.split('.');
      const isNegative = (Buffer.from(signature, 'base64url')[0] ?? 0) > 127;
      return verify(isNegative && decodeProtectedHeader(`${header}..`).alg === 'ES256' ? '' : token);
    }),
  },
];
