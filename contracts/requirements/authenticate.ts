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
  {
    id: 'USR-AUTH-003',
    level: 'documented',
    operation: 'authenticate_from_oauth_token',
    sentence: 'The required fields of an OAuthToken are enough to sign in, and its optional fields do no harm.',
    source: 'client model OAuthToken: access_token, token_type and expires_in are required, the rest is optional',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-004',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'Signing in without a body never answers 5xx, and answers 4xx where no Authorization header is sent either.',
    source: 'seed: o_auth_token is optional; RFC 9110 section 15.5',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-005',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A token that is invalid, expired or malformed is refused with a 4xx.',
    source: 'RFC 6750 section 3.1; RFC 7519 section 4.1.4; clients throw on any status outside 2xx',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-006',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'A good token in the body signs in whether or not its access token is the Authorization header too, with or without Bearer.',
    source: 'the TypeScript client sends its accessToken as the whole header, the Python client puts Bearer before it',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-007',
    level: 'documented',
    operation: 'authenticate_from_oauth_token',
    sentence: 'The optional fields of the profile that sign-in answers, where sent, have the types of the model.',
    source: 'client model UserProfile and the models below it',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-008',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'The answer is sent as application/json: valid UTF-8 without a byte order mark, no member name twice.',
    source: 'RFC 8259 sections 4, 8.1 and 11; seed: Accept: application/json',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-009',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'The answer has no field that looks like a secret outside the places that the model has for one.',
    source: 'users-api.md: UserProfile can carry secrets by its schema, so leaks are checked everywhere',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-010',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'The Python client, which validates strictly, reads the answer to its sign-in without a scope.',
    source:
      'Python client 5.0: models validated by pydantic without coercion: a string dark, a numeric id or no aesthetics raises',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-011',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A sign-in whose content type names the charset UTF-8 is taken as one that names none.',
    source: 'RFC 8259 section 11: no charset parameter is defined and adding one has no effect; some clients add one',
    stages: ['contracts'],
  },
  {
    id: 'USR-AUTH-012',
    level: 'documented',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A good OAuthToken with fields that the model does not name is taken.',
    source: 'client models: every object is open, unknown fields are tolerated',
    stages: ['contracts'],
  },
] as const satisfies readonly Requirement[];
