import { once } from 'node:events';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONWebKeySet } from 'jose';
import { before, verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Settings } from '../../settings.ts';
import type { Defect } from '../defect.ts';
import { keysOf } from '../support/lenient-verifier.ts';
import { withKeys } from './issuer.ts';

/** The issuer is asked before these requests are served. */
const asksFirst = (isAsking: (method: string, url: string) => boolean) =>
  before(async ({ method, url }, _reply, settings) => {
    if (!isAsking(method, url)) return;
    await keysOf(settings).catch(() => {
      throw new Problem(503, 'The issuer cannot be asked.');
    });
  });

/** The keys are asked for once; a failure of this kind is kept as if it were the answer. */
const keepsFailure = (isKept: (error: Error & { cause?: { code?: string } }) => boolean) =>
  withKeys((settings) => {
    let kept: Promise<JSONWebKeySet> | undefined;
    return () => {
      kept ??= keysOf(settings).catch((error) => {
        if (!isKept(error)) kept = undefined;
        throw error;
      });
      return kept;
    };
  });

const isNetwork = ({ message }: Error): boolean => message === 'fetch failed' || message === 'terminated';

/** The keys, each document read in some way of its own. */
const readBy = (read: (url: string) => Promise<unknown>) =>
  withKeys(({ issuer }: Settings) => async () => {
    const { jwks_uri } = (await read(`${issuer}/.well-known/openid-configuration`)) as { jwks_uri: string };
    return (await read(jwks_uri)) as JSONWebKeySet;
  });

/** What an issuer answers, and when, and what comes of it. */
export const issuerAnswerDefects: readonly Defect[] = [
  {
    name: 'reads-ask-issuer',
    sentence: 'Users are not read while the issuer cannot be asked.',
    requirement: 'USR-FAULT-003',
    seed: asksFirst((method) => method === 'GET'),
  },
  {
    name: 'disconnect-asks-issuer',
    sentence: 'Nobody is disconnected while the issuer cannot be asked.',
    requirement: 'USR-FAULT-004',
    seed: asksFirst((_method, url) => url.endsWith('/disconnect')),
  },
  {
    name: 'lost-question-is-waited-for',
    sentence: 'All wait for the first question to the issuer, without a limit: they are refused, and none asks anew.',
    requirement: 'USR-FAULT-054',
    seed: verifier((verify, { issuer }) => {
      let first: Promise<unknown> | undefined;
      return async (token) => {
        first ??= once(get(`${issuer}/.well-known/openid-configuration`), 'response').then(
          ([response]) => response.resume(),
          () => {
            first = undefined;
          },
        );
        await Promise.race([first, sleep(3_000).then(() => Promise.reject(new Problem(503, 'The issuer is slow.')))]);
        return verify(token);
      };
    }),
  },
  {
    name: 'silent-issuer-is-given-up',
    sentence: 'An issuer that once took too long is never asked again.',
    requirement: 'USR-FAULT-008',
    seed: verifier((verify) => {
      let isGivenUp = false;
      return async (token) => {
        const start = performance.now();
        if (isGivenUp) throw new Problem(503, 'The issuer cannot be asked.');
        return verify(token).catch((refusal: Problem) => {
          isGivenUp ||= refusal.status === 503 && performance.now() - start > 2_000;
          throw refusal;
        });
      };
    }),
  },
  {
    name: 'nonsense-is-kept',
    sentence: 'The first answer of the issuer is kept, whatever it is.',
    requirement: 'USR-FAULT-009',
    seed: keepsFailure((error) => !isNetwork(error)),
  },
  {
    name: 'issuer-has-200-ms',
    sentence: 'An issuer that takes longer than a fifth of a second counts as down.',
    requirement: 'USR-FAULT-010',
    seed: readBy(async (url) => (await fetch(url, { signal: AbortSignal.timeout(200) })).json()),
  },
  {
    name: 'failed-refresh-is-the-last',
    sentence: 'Once the keys could not be asked for again, the old ones are used for ever.',
    requirement: 'USR-FAULT-012',
    seed: withKeys((settings) => {
      let known: JSONWebKeySet | undefined;
      let isOver = false;
      return async () => {
        if (known && isOver) return known;
        try {
          known = await keysOf(settings);
        } catch (error) {
          isOver = true;
          if (!known) throw error;
        }
        return known;
      };
    }),
  },
  {
    name: 'refusals-lock-sign-in',
    sentence: 'After twenty tokens that were refused, nobody can sign in any more.',
    requirement: 'USR-FAULT-013',
    seed: verifier((verify) => {
      let refused = 0;
      return async (token) => {
        if (refused >= 20) throw new Problem(429, 'Too many failures.');
        return verify(token).catch((refusal) => {
          refused += 1;
          throw refusal;
        });
      };
    }),
  },
  {
    name: 'issuer-is-read-once',
    sentence: 'What the issuer answers is read once: the rest of it, when it comes later, is not waited for.',
    requirement: 'USR-FAULT-020',
    seed: readBy(async (url) => {
      const { body } = await fetch(url);
      const { value } = (await body?.getReader().read()) ?? {};
      return JSON.parse(new TextDecoder().decode(value));
    }),
  },
  {
    name: 'cut-answer-is-kept',
    sentence: 'An answer of the issuer that was cut off is never asked for again.',
    requirement: 'USR-FAULT-021',
    seed: keepsFailure(({ message, name }) => message === 'terminated' || name === 'SyntaxError'),
  },
  {
    name: 'reset-of-issuer-is-kept',
    sentence: 'An issuer that reset a connection is never asked again.',
    requirement: 'USR-FAULT-022',
    seed: keepsFailure((error) => isNetwork(error) && error.cause?.code !== 'ECONNREFUSED'),
  },
];
