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
] as const satisfies readonly Requirement[];
