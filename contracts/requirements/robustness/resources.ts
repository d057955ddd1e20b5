import type { Requirement } from '../requirement.ts';

/** What requests, hostile and ordinary ones, many times over, must not use up. */
export const resources = [
  {
    id: 'USR-ROB-040',
    level: 'hardened',
    operation: 'server',
    sentence: 'Malformed requests and broken connections leave no file open, and the same process with the same users.',
    source: 'CWE-772: a descriptor that is not released; CWE-248: an exception that nobody catches',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-041',
    level: 'hardened',
    operation: 'server',
    sentence:
      'Refused bodies and tokens, and ids that nobody has, do not stay in memory, and the same process goes on.',
    source: 'CWE-401: memory that is not released; CWE-770',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-056',
    level: 'hardened',
    operation: 'server',
    sentence: 'Reads and repeated sign-ins do not stay in memory: not in each of twenty rounds of 1000, 12 KB apiece.',
    source: 'good practice for a server that runs for weeks; CWE-401: memory that is not released',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-042',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A body that does not end does not fill the memory, and the same process goes on.',
    source: 'users-api.md: oversized body: 413, 400 or a closed connection; CWE-770',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-043',
    level: 'hardened',
    operation: 'server',
    sentence: 'A request head that does not end is cut off before it fills the memory, and the same process goes on.',
    source: 'RFC 9110 section 5.4; RFC 6585 section 5 (431); CWE-770',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-044',
    level: 'hardened',
    operation: 'server',
    sentence: 'Ordinary requests leave no file and no connection open once they are answered.',
    source: 'CWE-772: a descriptor that is not released; good practice for a server that runs for weeks',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-045',
    level: 'hardened',
    operation: 'server',
    sentence:
      'Once all requests are answered, or broken off, the server comes to rest: within 20 seconds it uses under a fifth of a core.',
    source:
      'good practice for a server on the desktop of its user; CWE-1050: resources used in a loop that does not end',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-048',
    level: 'hardened',
    operation: 'server',
    sentence:
      'What is kept on disk grows neither by a copy or a file for each read, nor by 25 KB or a file for each repeated or refused sign-in.',
    source: 'good practice for a server that runs for weeks; CWE-770: a resource without a limit',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-053',
    level: 'hardened',
    operation: 'server',
    sentence:
      'No answer, and no start, takes a quarter of a second (a start: three) longer after 200 users, 100 sign-outs, 150 refusals and 200 reads.',
    source: 'good practice for a server that runs for weeks; CWE-407: inefficient algorithmic complexity',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-054',
    level: 'hardened',
    operation: 'server',
    sentence: 'Forty requests at once take no longer than twice as long, and half a second, as one after the other.',
    source: 'good practice for a server with many clients; CWE-833: threads wait for each other',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-055',
    level: 'hardened',
    operation: 'server',
    sentence: 'A request of any kind is answered within 400 ms when nothing else is asked.',
    source: 'good practice for a server on the desktop of its user; eight times the median of load/budgets.json',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
