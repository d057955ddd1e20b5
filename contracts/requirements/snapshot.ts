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
] as const satisfies readonly Requirement[];
