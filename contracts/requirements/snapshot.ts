import type { Requirement } from './requirement.ts';

/** `GET /users`: what the answer says. */
export const snapshot = [
  {
    id: 'USR-SNAP-001',
    level: 'documented',
    operation: 'users_snapshot',
    sentence: 'The snapshot answers 200 with a Users object whose iterable, where present, holds UserProfile objects.',
    source: 'seed: users_snapshot, return type Users; client model Users',
    stages: ['contracts', 'e2e'],
  },
  {
    id: 'USR-SNAP-002',
    level: 'documented',
    operation: 'users_snapshot',
    sentence: 'The snapshot needs no authorization.',
    source: 'seed: users_snapshot, "No authorization required"',
    stages: ['e2e'],
  },
  {
    id: 'USR-SNAP-003',
    level: 'expected',
    operation: 'users_snapshot',
    sentence: 'Where nobody is signed in, the snapshot answers 200 with an iterable that is absent or empty.',
    source:
      'no page says it; client model Users: iterable is optional, and both clients throw on any status outside 2xx',
    stages: ['contracts'],
  },
  {
    id: 'USR-SNAP-004',
    level: 'documented',
    operation: 'users_snapshot',
    sentence:
      'Every user of the snapshot has an id, a boolean aesthetics.theme.dark and a numeric aesthetics.font.size.',
    source:
      'client models UserProfile, Aesthetics, Theme, Font: required fields; the Python client raises without them',
    stages: ['contracts'],
  },
  {
    id: 'USR-SNAP-005',
    level: 'documented',
    operation: 'users_snapshot',
    sentence: 'The optional fields of the users in the snapshot, where sent, have the types of the model.',
    source: 'client model UserProfile and the models below it',
    stages: ['contracts'],
  },
  {
    id: 'USR-SNAP-006',
    level: 'expected',
    operation: 'users_snapshot',
    sentence: 'No id is in the snapshot twice.',
    source: 'seed: "a snapshot of all of the users"; clients key users by id',
    stages: ['contracts'],
  },
  {
    id: 'USR-SNAP-007',
    level: 'expected',
    operation: 'users_snapshot',
    sentence: 'The snapshot is sent as application/json: valid UTF-8 without a byte order mark, no member name twice.',
    source: 'RFC 8259 sections 4, 8.1 and 11; seed: Accept: application/json',
    stages: ['contracts'],
  },
  {
    id: 'USR-SNAP-008',
    level: 'hardened',
    operation: 'users_snapshot',
    sentence: 'The snapshot has no field that looks like a secret outside the places that the model has for one.',
    source: 'users-api.md: GET /users needs no authorization, so leaks are checked everywhere',
    stages: ['contracts'],
  },
  {
    id: 'USR-SNAP-009',
    level: 'expected',
    operation: 'users_snapshot',
    sentence: 'The Python client, which validates strictly, reads every user of the snapshot.',
    source:
      'Python client 5.0: models validated by pydantic without coercion: a string dark, a numeric id or no aesthetics raises',
    stages: ['contracts'],
  },
] as const satisfies readonly Requirement[];
