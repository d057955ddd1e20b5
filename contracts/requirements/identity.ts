import type { Requirement } from './requirement.ts';

/** Whose user is whose: nobody is merged, mixed up or duplicated. */
export const identity = [
  {
    id: 'USR-ID-001',
    level: 'documented',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Two people who sign in are two users, each with the profile of its own.',
    source: 'seed: "Creates a User From a oAuth Token"; client model UserProfile: id',
    stages: ['e2e'],
  },
  {
    id: 'USR-ID-002',
    level: 'documented',
    operation: 'users_disconnect_user',
    sentence: 'Disconnecting one user leaves every other user as it was.',
    source: 'seed: "Locally Removing a user", one user named by the path',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
