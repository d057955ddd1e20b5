import type { Requirement } from '../requirement.ts';

const LEAKS = 'users-api.md: UserProfile can carry secrets by its schema, and GET /users needs no authorization';

/** What must not come out: secrets of tokens, and what an error tells of the server's inside. */
export const secrets = [
  {
    id: 'USR-SEC-030',
    level: 'hardened',
    operation: 'server',
    sentence: 'No secret of a token that signed in stands in the body or a header of any answer.',
    source: LEAKS,
    stages: ['e2e'],
  },
  {
    id: 'USR-SEC-031',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'No secret of a refused request stands in the body or a header of its answer.',
    source: 'OWASP Error Handling Cheat Sheet; RFC 6750 section 5.3',
    stages: ['e2e'],
  },
  {
    id: 'USR-SEC-032',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'No secret of a token is logged, neither when it signs in nor when it is refused.',
    source: 'OWASP Logging Cheat Sheet, "Data to exclude": access tokens; CWE-532',
    stages: ['e2e'],
  },
  {
    id: 'USR-SEC-033',
    level: 'hardened',
    operation: 'server',
    sentence: 'TRACE does not send credentials back.',
    source: 'RFC 9110 section 9.3.8',
    stages: ['e2e'],
  },
  {
    id: 'USR-SEC-034',
    level: 'hardened',
    operation: 'server',
    sentence: 'No error shows a stack trace, a database statement or a path of the server.',
    source: 'OWASP Error Handling Cheat Sheet; CWE-209',
    stages: ['e2e'],
  },
  {
    id: 'USR-SEC-035',
    level: 'hardened',
    operation: 'server',
    sentence: 'No error sends markup out of the request back as HTML.',
    source: 'OWASP Cross Site Scripting Prevention Cheat Sheet; CWE-79',
    stages: ['e2e'],
  },
  {
    id: 'USR-SEC-036',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'No secret of a token is kept in the files of the provider, neither when it signs in nor when it is refused.',
    source: 'OWASP Cryptographic Storage Cheat Sheet, "minimise the storage of sensitive information"; CWE-312',
    stages: ['e2e'],
  },
  {
    id: 'USR-SEC-074',
    level: 'hardened',
    operation: 'server',
    sentence: 'An error tells nothing of a user whom the request did not name.',
    source: 'OWASP Error Handling Cheat Sheet; CWE-209: information about others in an error',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
