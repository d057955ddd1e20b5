import type { Requirement } from './requirement.ts';

/** `POST /users/authenticate/from_token`: what the answer says. */
export const authenticate = [
  {
    id: 'USR-AUTH-001',
    level: 'documented',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A valid OAuth token is answered with 200 and the UserProfile of the user it creates.',
    source: 'seed: authenticate_from_oauth_token, "Creates a User From a oAuth Token", return type UserProfile',
    stages: ['contracts', 'e2e'],
  },
  {
    id: 'USR-AUTH-002',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A body that is no JSON is refused with a 4xx and makes no user.',
    source: 'RFC 9110 section 15.5.1; clients throw on any status outside 2xx',
    stages: ['contracts', 'e2e'],
  },
] as const satisfies readonly Requirement[];
