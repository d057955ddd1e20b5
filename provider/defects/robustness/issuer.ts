import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose';
import { Problem } from '../../problem.ts';
import type { Settings } from '../../settings.ts';
import { identityOf } from '../../verifier.ts';
import type { Defect } from '../defect.ts';
import { both, extend, verifier } from '../hooks.ts';
import { keysOf } from '../support/lenient-verifier.ts';

/** The rules of the provider's own verifier. */
const rules = ({ issuer, audience }: Settings) => ({
  issuer,
  audience,
  algorithms: ['RS256', 'ES256'],
  requiredClaims: ['sub', 'exp'],
  clockTolerance: 5,
});

/** Verifies with keys that come from somewhere else than usual. */
const withKeys = (keys: (settings: Settings) => () => Promise<JSONWebKeySet>) =>
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
    requirement: 'USR-AUTH-005',
    seed: withKeys((settings) => () => keysOf(settings)),
  },
  {
    name: 'issuer-fault-is-for-ever',
    sentence: 'An issuer that could not be asked once is never asked again.',
    requirement: 'USR-AUTH-001',
    seed: withKeys((settings) => {
      let first: Promise<JSONWebKeySet> | undefined;
      return () => {
        first ??= keysOf(settings);
        return first;
      };
    }),
  },
  {
    name: 'keys-are-for-ever',
    sentence: 'The keys of the issuer are asked for once: new ones stay unknown.',
    requirement: 'USR-AUTH-001',
    seed: withKeys((settings) => {
      let known: JSONWebKeySet | undefined;
      return async () => {
        known ??= await keysOf(settings);
        return known;
      };
    }),
  },
  {
    name: 'issuer-is-asked-each-time',
    sentence: 'The issuer is asked for its keys at every token whose key is unknown.',
    requirement: 'USR-AUTH-005',
    seed: verifier((_verify, settings) => {
      let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
      return async (token) => {
        try {
          keys ??= createRemoteJWKSet(new URL(await jwksUri(settings)), { cooldownDuration: 0 });
          return identityOf((await jwtVerify(token, keys, rules(settings))).payload);
        } catch {
          throw new Problem(401, 'The token is not valid.');
        }
      };
    }),
  },
  {
    name: 'issuer-is-needed-at-start',
    sentence: 'It does not start without its issuer.',
    requirement: 'USR-ROB-001',
    seed: extend((_app, settings) => {
      keysOf(settings).catch(() => process.exit(1));
    }),
  },
  {
    name: 'issuer-fault-opens',
    sentence: 'While the issuer cannot be asked, every token is taken.',
    requirement: 'USR-LIFE-004',
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
    name: 'issuer-fault-crashes',
    sentence: 'An issuer that cannot be asked ends the provider.',
    requirement: 'USR-ROB-001',
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
    requirement: 'USR-SNAP-001',
    seed: (parts, settings) => {
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
            if (request.method === 'GET') await Promise.all(running);
          });
        }),
      )(parts, settings);
    },
  },
  {
    name: 'key-id-is-needed-to-be-first',
    sentence: 'Only the first key that the issuer publishes is used.',
    requirement: 'USR-AUTH-001',
    seed: verifier((verify, settings) => async (token) => {
      const [first] = (await keysOf(settings)).keys;
      return verify(first?.kid === decodeProtectedHeader(token).kid ? token : '');
    }),
  },
];

const jwksUri = async ({ issuer }: Settings): Promise<string> => {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  return ((await answer.json()) as { jwks_uri: string }).jwks_uri;
};
