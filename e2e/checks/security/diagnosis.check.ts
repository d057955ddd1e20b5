import { profileOf } from '../../support/answers.ts';
import { requirement } from '../../support/requirement.ts';
import { expectNoSecret, secretsOf, withCanaries } from '../../support/secrets.ts';
import { unlessClosed } from '../../support/tolerance.ts';

/** Pages of diagnosis that frameworks have, or that are made by hand, and are left on: Go, Spring, PHP, Python, Node. */
const PAGES = [
  'actuator',
  'actuator/env',
  'actuator/httpexchanges',
  'actuator/httptrace',
  'actuator/sessions',
  '_debug',
  '__debug__',
  '_profiler',
  'admin',
  'api/users',
  'config',
  'console',
  'debug',
  'debug/pprof/cmdline',
  'debug/pprof/goroutine?debug=2',
  'debug/requests',
  'debug/users',
  'debug/vars',
  'dump',
  'env',
  '.env',
  'info',
  'internal/users',
  'log',
  'logs',
  'metrics',
  'phpinfo.php',
  'requests',
  'server-info',
  'server-status',
  'sessions',
  'state',
  'stats',
  'status',
  'store',
  'tokens',
  'trace',
  'v1/users',
  '.well-known/health',
];
/** What may be asked about one user, and about all of them. */
const PARTS = ['auth', 'auth0', 'debug', 'export', 'providers', 'raw', 'session', 'sessions', 'token', 'tokens'];

requirement(
  'USR-SEC-030',
  'no page of diagnosis, and no part of a user, tells a secret',
  { needs: ['tokens'] },
  async (context) => {
    const token = withCanaries(await context.mint.signIn(context.newPerson()));
    const { id } = profileOf(
      await context.client.authenticate(token, { authorization: `Bearer ${token.access_token}` }),
    );
    const secrets = secretsOf(token);

    const parts = PARTS.flatMap((part) => [`users/${part}`, `users/${id}/${part}`]);
    for (const path of [...PAGES, ...parts, 'users/authenticate/from_token', `users/${id}/disconnect`]) {
      const answer = await unlessClosed(context.client.send('GET', `/${path}`));
      if (answer) expectNoSecret(context, `GET /${path}`, answer, secrets);
    }
  },
);
