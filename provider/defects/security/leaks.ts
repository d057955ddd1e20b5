import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { both, extend, handlers, isAt, json, type Operation, verifier } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Alteration } from '../../run.ts';
import type { Settings } from '../../settings.ts';
import type { Identity } from '../../user.ts';
import type { Defect } from '../defect.ts';
import { claimsOf } from '../support/claims.ts';
import { keepsTokens } from '../support/keeping.ts';

/** Keeps more than it should of a token, and shows it here. */
const shows = (where: Operation | readonly Operation[], extra: (token: string) => object): Alteration => {
  const kept = new Map<string, object>();
  return both(
    verifier((verify) => async (token) => {
      const identity = await verify(token);
      kept.set(String(identity.email), extra(token));
      return identity;
    }),
    json(where, (value) => {
      const show = (user: { email?: string }) => ({ ...user, ...kept.get(String(user.email)) });
      return value.iterable ? { ...value, iterable: value.iterable.map(show) } : show(value);
    }),
  );
};

type Body = { readonly [member in 'access_token' | 'refresh_token' | 'scope']?: string } | undefined;

/** What is sent with a sign-in, told on. */
const onSignIn = (act: (body: NonNullable<Body>, dataDir: string) => void): Alteration =>
  extend((app, { dataDir }) => {
    app.addHook('preHandler', async (request) => {
      if (isAt(request, 'authenticate') && request.body) act(request.body as NonNullable<Body>, dataDir);
    });
  });

/** The token of who asks that it be kept, shown in the snapshot from the next sign-in on. */
function showsOffline(): Alteration {
  const kept = new Map<unknown, string>();
  return both(
    onSignIn(({ scope, access_token }) => {
      if (scope?.includes('offline_access') && access_token) kept.set(claimsOf(access_token).email, access_token);
    }),
    json('snapshot', ({ iterable }) => ({
      iterable: iterable.map((user: { email?: string }) => ({ ...user, offline: kept.get(user.email) })),
    })),
  );
}

/** A page left on that shows what was last sent. */
function showsLastRequests(): Alteration {
  const last: object[] = [];
  return both(
    onSignIn((body) => {
      last.push(body);
      last.splice(0, last.length - 20);
    }),
    extend((app) => app.get('/debug/requests', async () => last)),
  );
}

/** What a user signed in with, as a part of the user. */
const showsTokensAtPath: Alteration = (parts, settings) => {
  const kept = new Map<string, string>();
  return both(
    keepsTokens(kept),
    extend((app) => {
      app.get<{ Params: { user: string } }>('/users/:user/tokens', async ({ params }) => {
        const user = parts.store.find(params.user);
        return { access_token: user && kept.get(user.identity.subject) };
      });
    }),
  )(parts, settings);
};

type Act = (token: string, settings: Settings) => void;

/** What is done with a token that is refused in this way. */
const whenRefused =
  (isMeant: (refusal: Problem, token: string) => boolean) =>
  (act: Act): Alteration =>
    verifier((verify, settings) => async (token) => {
      try {
        return await verify(token);
      } catch (refusal) {
        if (refusal instanceof Problem && isMeant(refusal, token)) act(token, settings);
        throw refusal;
      }
    });

/** When the issuer cannot be asked about it. */
const whenUnverified = whenRefused(({ status }) => status === 503);

const whenExpired = whenRefused((_, token) => Number(claimsOf(token).exp) * 1000 < Date.now());

/** When it is for another server. */
const whenForOthers = whenRefused((_, token) => String(claimsOf(token).aud).startsWith('https://'));

/** Secrets that are shown, kept or logged. */
export const leakDefects: readonly Defect[] = [
  {
    name: 'snapshot-shows-tokens',
    sentence: 'The snapshot shows the access token of each user.',
    requirement: 'USR-SNAP-008',
    seed: shows('snapshot', (accessToken) => ({ accessToken })),
  },
  {
    name: 'one-shows-token',
    sentence: 'A profile by id shows the access token.',
    requirement: 'USR-ONE-007',
    seed: shows('one', (token) => ({ session: { token } })),
  },
  {
    name: 'sign-in-shows-token',
    sentence: 'Sign-in answers the access token beside the profile.',
    requirement: 'USR-AUTH-009',
    seed: shows('authenticate', (access_token) => ({ access_token })),
  },
  {
    name: 'disconnect-shows-tokens',
    sentence: 'Disconnecting answers the access tokens of the users who are left.',
    requirement: 'USR-DISC-005',
    seed: shows('disconnect', (token) => ({ token })),
  },
  {
    name: 'provider-shows-token',
    sentence: 'The access token is shown where the model has a place for that of an external provider.',
    requirement: 'USR-SEC-030',
    seed: shows(['snapshot', 'one', 'authenticate', 'disconnect'], (access_token) => {
      const moment = { value: new Date().toISOString() };
      return {
        providers: { iterable: [{ type: 'github', user_id: '1', created: moment, updated: moment, access_token }] },
      };
    }),
  },
  {
    name: 'offline-token-is-shown',
    sentence: 'The access token of who asked for offline access is kept for later, and shown to everybody.',
    requirement: 'USR-SEC-030',
    seed: showsOffline(),
  },
  {
    name: 'part-of-token-is-shown',
    sentence: 'The signature of the token is shown as the session of the user.',
    requirement: 'USR-SEC-030',
    seed: shows(['snapshot', 'one'], (token) => ({ session: token.split('.')[2] })),
  },
  {
    name: 'page-shows-the-last-requests',
    sentence: 'A page of diagnosis that was left on, /debug/requests, shows the bodies of the last sign-ins.',
    requirement: 'USR-SEC-030',
    seed: showsLastRequests(),
  },
  {
    name: 'tokens-have-a-path',
    sentence: 'The tokens with which a user signed in are answered under the path of the user, to whoever asks.',
    requirement: 'USR-SEC-030',
    seed: showsTokensAtPath,
  },
  {
    name: 'refusal-repeats-token',
    sentence: 'A refusal repeats the token that it refuses.',
    requirement: 'USR-SEC-031',
    seed: verifier(
      (verify) => (token) =>
        verify(token).catch((refusal: Problem) => {
          throw new Problem(refusal.status, `The token ${token} is not valid.`);
        }),
    ),
  },
  {
    name: 'expired-token-is-repeated',
    sentence: 'A refusal repeats a token that has expired.',
    requirement: 'USR-SEC-031',
    seed: whenExpired((token) => {
      throw new Problem(401, `The token has expired: ${token}`);
    }),
  },
  {
    name: 'refusal-shows-stack',
    sentence: 'A refusal shows where in the source it comes from.',
    requirement: 'USR-SEC-034',
    seed: verifier(
      (verify) => (token) =>
        verify(token).catch((refusal: Problem) => {
          throw new Problem(refusal.status, String(refusal.stack));
        }),
    ),
  },
  {
    name: 'tokens-are-logged',
    sentence: 'Access tokens are logged.',
    requirement: 'USR-SEC-032',
    seed: onSignIn(({ access_token }) => console.log(`sign-in with ${access_token}`)),
  },
  {
    name: 'bodies-are-logged',
    sentence: 'The bodies of sign-ins are logged.',
    requirement: 'USR-SEC-032',
    seed: onSignIn((body) => console.error(JSON.stringify(body))),
  },
  {
    name: 'refresh-tokens-are-kept',
    sentence: 'Refresh tokens are kept on the disk.',
    requirement: 'USR-SEC-036',
    seed: onSignIn(({ refresh_token }, dataDir) =>
      appendFileSync(join(dataDir, 'sessions.log'), `${refresh_token ?? ''}\n`),
    ),
  },
  {
    name: 'access-tokens-are-kept',
    sentence: 'Access tokens are kept in the database.',
    requirement: 'USR-SEC-036',
    seed: verifier((verify) => async (token) => ({ ...(await verify(token)), token }) as Identity),
  },
  {
    name: 'second-access-token-is-kept',
    sentence: 'The access token of a user who signs in again is kept on the disk.',
    requirement: 'USR-SEC-036',
    seed: verifier((verify, { dataDir }) => {
      const seen = new Set<string>();
      return async (token) => {
        const identity = await verify(token);
        if (seen.has(identity.subject)) appendFileSync(join(dataDir, 'sessions.log'), `${token}\n`);
        seen.add(identity.subject);
        return identity;
      };
    }),
  },
  {
    name: 'unverified-tokens-are-kept',
    sentence: 'Tokens that cannot be verified while the issuer is down are kept on the disk, to be looked at later.',
    requirement: 'USR-SEC-036',
    seed: whenUnverified((token, { dataDir }) => appendFileSync(join(dataDir, 'waiting.log'), `${token}\n`)),
  },
  {
    name: 'unverified-tokens-are-logged',
    sentence: 'Tokens that cannot be verified while the issuer is down are logged.',
    requirement: 'USR-SEC-032',
    seed: whenUnverified((token) => console.error(`cannot ask the issuer about ${token}`)),
  },
  {
    name: 'tokens-for-others-are-logged',
    sentence: 'Tokens for another audience are logged, so that somebody can look into it.',
    requirement: 'USR-SEC-032',
    seed: whenForOthers((token) => console.error(`not for us: ${token}`)),
  },
  {
    name: 'expired-tokens-are-kept',
    sentence: 'Tokens that have expired are kept on the disk, to tell who comes too late.',
    requirement: 'USR-SEC-036',
    seed: whenExpired((token, { dataDir }) => appendFileSync(join(dataDir, 'expired.log'), `${token}\n`)),
  },
  {
    name: 'id-is-a-path',
    sentence: 'An id that is nobody is looked for as a file.',
    requirement: 'USR-SEC-060',
    seed: handlers((own, users) => ({
      users_specific_user_snapshot: async (request, reply) => {
        const { user } = request.params;
        if (users.find(user) || !user.includes('/')) return own.users_specific_user_snapshot(request, reply);
        return reply.send(readFileSync(normalize(join('/var/lib/users', user)), 'utf8'));
      },
    })),
  },
  {
    name: 'data-is-served',
    sentence: 'The folder of the data is served like that of a web page: /users.sqlite is the database.',
    requirement: 'USR-SEC-075',
    seed: extend((app, { dataDir }) => {
      app.addHook('onRequest', async (request, reply) => {
        const file = join(dataDir, normalize(new URL(request.url, 'http://any').pathname));
        if (request.method === 'GET' && statSync(file, { throwIfNoEntry: false })?.isFile())
          return reply.type('application/octet-stream').send(readFileSync(file));
      });
    }),
  },
  {
    name: 'id-leaves-its-folder',
    sentence: 'An id that is nobody is looked for in a folder of the data that holds old profiles, and can leave it.',
    requirement: 'USR-SEC-075',
    seed: (parts, settings) =>
      handlers((own, users) => ({
        users_specific_user_snapshot: async (request, reply) => {
          const { user } = request.params;
          const file = join(settings.dataDir, 'old', user);
          if (users.find(user) || !statSync(file, { throwIfNoEntry: false })?.isFile())
            return own.users_specific_user_snapshot(request, reply);
          return reply.type('application/json').send(readFileSync(file));
        },
      }))(parts, settings),
  },
  {
    name: 'id-is-sql',
    sentence: "An id is put into SQL as it is: ' OR '1'='1 finds somebody.",
    requirement: 'USR-SEC-063',
    seed: handlers((own, users, prepared) => ({
      users_specific_user_snapshot: async (request, reply) => {
        const first = [...users.all()][0];
        const isTrue = /' *or *('?)(\w+)\1 *= *\1\2/i.test(request.params.user);
        if (!isTrue || !first) return own.users_specific_user_snapshot(request, reply);
        return reply.type('application/json').send(prepared.profile(first));
      },
    })),
  },
  {
    name: 'unknown-id-suggests-the-newest',
    sentence: 'Who asks for an id that is nobody is told the e-mail of the user who came last.',
    requirement: 'USR-SEC-074',
    seed: handlers((own, users) => ({
      users_specific_user_snapshot: async (request, reply) => {
        const newest = [...users.all()].at(-1);
        if (users.find(request.params.user) || !newest) return own.users_specific_user_snapshot(request, reply);
        throw new Problem(404, `There is no such user. Did you mean ${newest.identity.email}?`);
      },
    })),
  },
];
