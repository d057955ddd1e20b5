import type { Requirement } from './requirement.ts';

/** `POST /users/{user}/disconnect`: what the answer says. */
export const disconnect = [
  {
    id: 'USR-DISC-001',
    level: 'documented',
    operation: 'users_disconnect_user',
    sentence: 'Disconnecting a user that is signed in answers 200 with a Users object that no longer holds it.',
    source: 'seed: users_disconnect_user, "Locally Removing a user for the purpose of Signing Out", return type Users',
    stages: ['contracts', 'e2e'],
  },
  {
    id: 'USR-DISC-002',
    level: 'documented',
    operation: 'users_disconnect_user',
    sentence: 'The users that disconnecting one leaves are UserProfile objects.',
    source: 'seed: users_disconnect_user, return type Users; client model Users',
    stages: ['contracts'],
  },
  {
    id: 'USR-DISC-003',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence: 'Disconnecting who is not signed in answers 200 with a Users object or a 4xx, never a 5xx.',
    source: 'users-api.md: users complain of a sign-out that fails when already signed out; RFC 9110 section 15.5',
    stages: ['contracts'],
  },
  {
    id: 'USR-DISC-004',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence: 'The answer is sent as application/json: valid UTF-8 without a byte order mark, no member name twice.',
    source: 'RFC 8259 sections 4, 8.1 and 11; seed: Accept: application/json',
    stages: ['contracts'],
  },
  {
    id: 'USR-DISC-005',
    level: 'hardened',
    operation: 'users_disconnect_user',
    sentence: 'The answer has no field that looks like a secret outside the places that the model has for one.',
    source: 'users-api.md: POST /users/{user}/disconnect needs no authorization, so leaks are checked everywhere',
    stages: ['contracts'],
  },
  {
    id: 'USR-DISC-006',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence: 'The Python client, which validates strictly, reads the users that are left.',
    source:
      'Python client 5.0: models validated by pydantic without coercion: a string dark, a numeric id or no aesthetics raises',
    stages: ['contracts'],
  },
  {
    id: 'USR-DISC-007',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence:
      'Disconnecting the last user answers 200 with an iterable that is absent or empty, and so does the snapshot after it.',
    source:
      'no page says it; client model Users: iterable is optional, and both clients throw on any status outside 2xx',
    stages: ['contracts'],
  },
] as const satisfies readonly Requirement[];
