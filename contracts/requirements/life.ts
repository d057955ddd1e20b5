import type { Requirement } from './requirement.ts';

/** What the four operations mean together, over the life of a user. */
export const life = [
  {
    id: 'USR-LIFE-001',
    level: 'documented',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A user that has just signed in is in the snapshot and is found by its id.',
    source: 'seed: "a snapshot of all of the users that are in the users database"',
    stages: ['e2e'],
  },
  {
    id: 'USR-LIFE-002',
    level: 'documented',
    operation: 'users_disconnect_user',
    sentence: 'A user that was disconnected is in no later snapshot and is no longer found by its id.',
    source: 'seed: "Locally Removing a user for the purpose of Signing Out"',
    stages: ['e2e'],
  },
  {
    id: 'USR-LIFE-003',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A user that was disconnected can sign in again.',
    source: 'users-api.md: users complain of sign-in that fails after a sign-out',
    stages: ['e2e'],
  },
  {
    id: 'USR-LIFE-004',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A token that has expired or that a stranger signed is refused and makes no user.',
    source: 'RFC 9068 section 4; RFC 8725 section 3.1',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
