import type { Requirement } from '../requirement.ts';

/** The issuer of the tokens is down, hangs, answers nonsense, or has other keys. */
export const issuerFaults = [
  {
    id: 'USR-FAULT-001',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in is answered within 30 seconds while the issuer refuses connections.',
    source:
      'users-api.md, "Facts about the real clients": they throw on a refusal, and wait without a limit for an answer',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-002',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Nobody is signed in by a token that a stranger signed while the issuer cannot be asked for its keys.',
    source: 'RFC 9068 section 4: the signature must be validated; OWASP: fail securely',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-003',
    level: 'expected',
    operation: 'server',
    sentence: 'Users are read as before while the issuer is down, whoever tries to sign in meanwhile.',
    source: 'seed: "No authorization required" for GET /users and GET /users/{user}',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-004',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence: 'A user can be disconnected while the issuer is down.',
    source: 'seed: "Locally Removing a user", "No authorization required"',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-005',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in works again, with no restart, within 60 seconds of the return of an issuer that was down.',
    source: 'users-api.md: users complain of sign-in that fails; any client tries again',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-006',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in is answered within 30 seconds though the issuer takes requests and never answers them.',
    source:
      'users-api.md, "Facts about the real clients": they throw on a refusal, and wait without a limit for an answer',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-007',
    level: 'expected',
    operation: 'server',
    sentence: 'Users are read while a sign-in waits for an issuer that does not answer.',
    source: 'seed: "No authorization required" for GET /users and GET /users/{user}',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-008',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in works again, with no restart, within 60 seconds of the return of an issuer that did not answer.',
    source: 'users-api.md: users complain of sign-in that fails; any client tries again',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-054',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'Sign-in works again within 60 seconds of the return of an issuer, though what it was asked before is never answered.',
    source: 'good practice: a time limit for each request; a connection whose other end is gone stays open',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-009',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'Sign-in is answered while the issuer answers errors or nonsense, and works again within 60 seconds of its first good answer.',
    source: 'users-api.md: users complain of sign-in answering 500; OpenID Connect Discovery 1.0 section 4.3',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-010',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in works, only later, when the issuer takes 300 milliseconds for each answer.',
    source: 'good practice: an issuer is a server on the internet, and a time limit leaves room for one',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-011',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'A token signed by a new key of the issuer signs the same user in within 60 seconds of the rotation, whoever named an unknown key before.',
    source: 'OpenID Connect Core 1.0 section 10.1.1: back to the jwks_uri when an unfamiliar kid is seen',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-012',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A rotation of keys while the issuer was down is caught up within 60 seconds of its return.',
    source: 'OpenID Connect Core 1.0 section 10.1.1: back to the jwks_uri when an unfamiliar kid is seen',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-013',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Good sign-ins work after many tokens that name keys which nobody has.',
    source: 'OpenID Connect Core 1.0 section 10.1.1; good practice: anybody can send an unfamiliar kid',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-014',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'While the issuer publishes its old and its new keys, tokens of either sign in, within 60 seconds of the change.',
    source:
      'OpenID Connect Core 1.0 section 10.1.1: the keys of old signatures stay published for a time; RFC 7517 section 4.5',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-047',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'Sign-in works when the issuer publishes keys of other kinds before those that sign: to encrypt, Ed25519, P-521.',
    source:
      'RFC 7517 sections 4.2, 4.4 and 5: use and alg say what a key is for, and a set may hold others; Keycloak publishes such',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-048',
    level: 'expected',
    operation: 'server',
    sentence: 'A server that tells its health does so at once while the issuer never answers.',
    source: 'users-api.md: clients look for the server on /.well-known/health within 50 to 100 ms',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-049',
    level: 'hardened',
    operation: 'users_disconnect_user',
    sentence: 'A user is disconnected while the sign-in of another waits for an issuer that does not answer.',
    source:
      'seed: disconnect needs no authorization; a lock that is held across a request to another server stops both',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-050',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'While the issuer is slow others sign in, though the client that came first has hung up.',
    source: 'users-api.md: any client relies on sign-in; what another client does is no reason to refuse',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-051',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Who is signed out before the keys for their token are there is a user once the sign-in is answered 200.',
    source:
      'seed: authenticate adds the user to the snapshot; what could not be verified before the disconnect comes after it',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-052',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'Who has a token by a known key signs in while the token of another, by an unknown one, waits for an issuer that does not answer.',
    source:
      'OpenID Connect Core 1.0 section 10.1.1; anybody can send an unfamiliar kid, and so stop the sign-in of all',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-053',
    level: 'hardened',
    operation: 'users_snapshot',
    sentence: 'Users are read while five sign-ins wait for an issuer that does not answer.',
    source: 'seed: "No authorization required" for GET /users; what waits for another server must not take all workers',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
