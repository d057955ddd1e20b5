import type { Requirement } from './requirement.ts';

/** The numbers are no requirement: they are budgets, in `load/budgets.json`, and may be replaced by `--budgets`. */
const LATENCY_SOURCE =
  'users-api.md: clients give a server 50 to 100 ms to answer when they look for it; budget: load/budgets.json';
const ANSWER_SOURCE = 'users-api.md: both clients throw on any status outside 2xx; one bad user fails a whole snapshot';

/** Latency, errors and cost under load; each is a budget. */
export const performance = [
  {
    id: 'USR-PERF-001',
    level: 'expected',
    operation: 'users_snapshot',
    sentence: 'Under load every snapshot is answered rightly: with 200 and everyone who is signed in.',
    source: ANSWER_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-002',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Under load every sign-in is answered rightly: with 200 and the profile of the user who signs in.',
    source: ANSWER_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-003',
    level: 'expected',
    operation: 'users_specific_user_snapshot',
    sentence:
      'Under load every look-up of a signed-in user is answered rightly: with 200 and the profile of that user.',
    source: ANSWER_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-004',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence: 'Under load every sign-out is answered rightly: with 200 and without the user who signed out.',
    source: ANSWER_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-005',
    level: 'expected',
    operation: 'users_snapshot',
    sentence: 'Under load the snapshot is answered within its budget of time and bytes.',
    source: LATENCY_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-006',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Under load a sign-in is answered within its budget of time and bytes.',
    source: LATENCY_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-007',
    level: 'expected',
    operation: 'users_specific_user_snapshot',
    sentence: 'Under load a look-up is answered within its budget of time.',
    source: LATENCY_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-008',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence: 'Under load a sign-out is answered within its budget of time.',
    source: LATENCY_SOURCE,
    stages: ['load'],
  },
  {
    id: 'USR-PERF-009',
    level: 'hardened',
    operation: 'server',
    sentence: 'Under load the server spends no more CPU time on a request than its budget allows.',
    source: 'good practice for a server on the desktop of its user; budget: load/budgets.json',
    stages: ['load'],
  },
  {
    id: 'USR-PERF-010',
    level: 'hardened',
    operation: 'server',
    sentence: 'Under load the memory of the server, and its growth, stay within the budget.',
    source: 'good practice for a server on the desktop of its user; budget: load/budgets.json',
    stages: ['load'],
  },
] as const satisfies readonly Requirement[];
