import { extend, handlers, isAt } from '../../alterations/hooks.ts';
import { Problem } from '../../problem.ts';
import type { Defect } from '../defect.ts';

type Body = Readonly<Record<string, unknown>>;

/** Refuses some sign-ins whose body is as the API describes it. */
const refuses = (isRefused: (body: Body, headers: Readonly<Record<string, unknown>>) => boolean, status = 422) =>
  extend((app) => {
    app.addHook('preHandler', async (request) => {
      const body = request.body as Body | undefined;
      if (isAt(request, 'authenticate') && body && isRefused(body, request.headers)) {
        throw new Problem(status, 'This is not what was expected.');
      }
    });
  });

const KNOWN = ['access_token', 'token_type', 'expires_in', 'scope', 'refresh_token', 'id_token'];
const NAMED = [...KNOWN, 'schema'];

/** Faults of what sign-in takes. */
export const requestDefects: readonly Defect[] = [
  {
    name: 'scope-is-required',
    sentence: 'A sign-in without scope is refused, as it was up to version 4.1 of the client.',
    requirement: 'USR-AUTH-003',
    seed: refuses(({ scope }) => scope === undefined),
  },
  {
    name: 'id-token-is-required',
    sentence: 'A sign-in without an id token is refused.',
    requirement: 'USR-AUTH-003',
    seed: refuses(({ id_token }) => id_token === undefined),
  },
  {
    name: 'unknown-type-is-refused',
    sentence: 'The token type UNKNOWN is refused.',
    requirement: 'USR-AUTH-003',
    seed: refuses(({ token_type }) => token_type !== 'Bearer'),
  },
  {
    name: 'other-fields-are-refused',
    sentence: 'A sign-in with a field that the provider does not know, such as schema, is refused.',
    requirement: 'USR-AUTH-003',
    seed: refuses((body) => Object.keys(body).some((name) => !KNOWN.includes(name))),
  },
  {
    name: 'no-body-is-500',
    sentence: 'A sign-in without a body answers 500.',
    requirement: 'USR-AUTH-004',
    seed: handlers((own) => ({
      authenticate_from_oauth_token: async (request, reply) => {
        if (!request.body) throw new TypeError("Cannot read properties of undefined (reading 'access_token')");
        return own.authenticate_from_oauth_token(request, reply);
      },
    })),
  },
  {
    name: 'no-body-is-somebody',
    sentence: 'A sign-in without a token answers who signed in last.',
    requirement: 'USR-AUTH-004',
    seed: handlers((own, store, snapshots) => ({
      authenticate_from_oauth_token: async (request, reply) => {
        const last = [...store.all()].at(-1);
        if (request.body || request.headers.authorization || !last) {
          return own.authenticate_from_oauth_token(request, reply);
        }
        return reply.type('application/json').send(snapshots.profile(last));
      },
    })),
  },
  {
    name: 'header-needs-bearer',
    sentence: 'A sign-in whose Authorization header does not begin with Bearer is refused, whatever its body says.',
    requirement: 'USR-AUTH-006',
    seed: refuses(
      (_body, { authorization }) => typeof authorization === 'string' && !authorization.startsWith('Bearer '),
      401,
    ),
  },
  {
    name: 'header-is-refused',
    sentence: 'A sign-in that has the token in the header too is refused.',
    requirement: 'USR-AUTH-006',
    seed: refuses((_body, { authorization }) => authorization !== undefined, 400),
  },
  {
    name: 'unknown-field-is-refused',
    sentence: 'A sign-in with a field that the model does not name is refused.',
    requirement: 'USR-AUTH-012',
    seed: refuses((body) => Object.keys(body).some((name) => !NAMED.includes(name))),
  },
  {
    name: 'long-lifetime-is-refused',
    sentence: 'A sign-in whose expires_in is more than a day is refused.',
    requirement: 'USR-AUTH-013',
    seed: refuses(({ expires_in: seconds }) => typeof seconds === 'number' && seconds > 86_400),
  },
  {
    name: 'body-limit-is-low',
    sentence: 'A sign-in of more than 4 KiB is refused.',
    requirement: 'USR-AUTH-014',
    seed: refuses((body) => JSON.stringify(body).length > 4_096, 413),
  },
  {
    name: 'charset-is-refused',
    sentence: 'A content type with a charset is refused.',
    requirement: 'USR-AUTH-011',
    seed: refuses((_body, headers) => headers['content-type'] !== 'application/json', 415),
  },
];
