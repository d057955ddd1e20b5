import type { Requirement } from './requirement.ts';

/** `GET /users/{user}`: what the answer says. */
export const one = [
  {
    id: 'USR-ONE-001',
    level: 'documented',
    operation: 'users_specific_user_snapshot',
    sentence: 'A user that is signed in is answered by id with 200 and its UserProfile.',
    source: 'seed: users_specific_user_snapshot, return type UserProfile',
    stages: ['contracts', 'e2e'],
  },
  {
    id: 'USR-ONE-002',
    level: 'documented',
    operation: 'users_specific_user_snapshot',
    sentence: 'An id that is nobody is answered with an error (4xx), never with a profile.',
    source: 'seed: "will return a UserPRofile or will throw an error"; clients throw on any status outside 2xx',
    stages: ['contracts', 'e2e'],
  },
  {
    id: 'USR-ONE-003',
    level: 'expected',
    operation: 'users_specific_user_snapshot',
    sentence: 'What is no uuid is answered with an error (4xx), however it is spelt.',
    source: 'seed: "The id (uuid) for a specific user", "or will throw an error"',
    stages: ['contracts'],
  },
  {
    id: 'USR-ONE-004',
    level: 'documented',
    operation: 'users_specific_user_snapshot',
    sentence: 'The optional fields of the profile, where sent, have the types of the model.',
    source: 'client model UserProfile and the models below it',
    stages: ['contracts'],
  },
  {
    id: 'USR-ONE-005',
    level: 'expected',
    operation: 'users_specific_user_snapshot',
    sentence: 'The profile answered by id says the same as that user in the snapshot.',
    source: 'seed: both operations return the UserProfile of the same users database',
    stages: ['contracts'],
  },
  {
    id: 'USR-ONE-006',
    level: 'expected',
    operation: 'users_specific_user_snapshot',
    sentence: 'The profile is sent as application/json: valid UTF-8 without a byte order mark, no member name twice.',
    source: 'RFC 8259 sections 4, 8.1 and 11; seed: Accept: application/json',
    stages: ['contracts'],
  },
  {
    id: 'USR-ONE-007',
    level: 'hardened',
    operation: 'users_specific_user_snapshot',
    sentence: 'The profile has no field that looks like a secret outside the places that the model has for one.',
    source: 'users-api.md: GET /users/{user} needs no authorization, so leaks are checked everywhere',
    stages: ['contracts'],
  },
  {
    id: 'USR-ONE-008',
    level: 'expected',
    operation: 'users_specific_user_snapshot',
    sentence: 'The Python client, which validates strictly, reads the profile.',
    source:
      'Python client 5.0: models validated by pydantic without coercion: a string dark, a numeric id or no aesthetics raises',
    stages: ['contracts'],
  },
] as const satisfies readonly Requirement[];
