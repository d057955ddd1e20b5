import type { Requirement } from '../requirement.ts';

/** Other clients are slow, silent, gone or many; the machine stands still for a while. */
export const neighbourFaults = [
  {
    id: 'USR-FAULT-040',
    level: 'expected',
    operation: 'server',
    sentence: 'Others are served while three clients do not finish the head of their request.',
    source: 'any client relies on it: many clients of one local server; OWASP: slow HTTP attacks',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-041',
    level: 'expected',
    operation: 'server',
    sentence: 'Others are served while three clients do not finish the body of their sign-in.',
    source: 'any client relies on it: many clients of one local server; OWASP: slow HTTP attacks',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-042',
    level: 'hardened',
    operation: 'server',
    sentence: 'Others are served while 5 clients ask for snapshots and do not read them.',
    source: 'good practice: what a client does not take must hold up no other',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-043',
    level: 'hardened',
    operation: 'server',
    sentence: 'Others are served while 100 connections are open and idle.',
    source: 'good practice: OWASP, slow HTTP attacks: connections are what a server runs out of',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-044',
    level: 'expected',
    operation: 'server',
    sentence: 'Others are served after three clients fell silent without closing their connections.',
    source: 'RFC 9293 section 3.5.1: half-open connections',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-045',
    level: 'expected',
    operation: 'server',
    sentence:
      'Users are as before, and others are served, after 200 connections were reset at every point of a request.',
    source: 'RFC 9112 section 9.5: a connection can end at any time',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-046',
    level: 'expected',
    operation: 'server',
    sentence:
      'Requests that came while the process was stopped (SIGSTOP) are answered when it goes on, and users are as before.',
    source: 'any client relies on it: a laptop sleeps, a container is paused',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
