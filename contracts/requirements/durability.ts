import type { Requirement } from './requirement.ts';

/** What outlives the process. */
export const durability = [
  {
    id: 'USR-DUR-001',
    level: 'expected',
    operation: 'server',
    sentence: 'After a restart by SIGTERM every user is still signed in, with the same id and profile.',
    source: 'seed: "the users database"; users-api.md: users complain of data lost or a sign-out undone by a restart',
    stages: ['e2e'],
  },
  {
    id: 'USR-DUR-002',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A user whose sign-in was answered is there after a crash (SIGKILL) right after the answer.',
    source: 'seed: "Creates a User", "the users database"',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
