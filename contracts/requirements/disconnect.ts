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
] as const satisfies readonly Requirement[];
