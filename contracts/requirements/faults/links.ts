import type { Requirement } from '../requirement.ts';

/** The network between the provider and the issuer, or between the provider and its client, is bad. */
export const linkFaults = [
  {
    id: 'USR-FAULT-020',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in works when the answers of the issuer arrive a few bytes at a time.',
    source: 'RFC 9293 section 2.2: TCP is a stream of bytes, and keeps no borders of messages',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-021',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in works again, with no restart, within 60 seconds of answers of the issuer that were cut off.',
    source: 'RFC 9112 section 8: an incomplete message is no answer; any client tries again',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-022',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Sign-in works again, with no restart, within 60 seconds of resets of the connections to the issuer.',
    source: 'RFC 9112 section 9.5: a connection can end at any time; any client tries again',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-023',
    level: 'expected',
    operation: 'server',
    sentence: 'The four operations work for a client whose requests arrive a few bytes at a time.',
    source: 'RFC 9293 section 2.2: TCP is a stream of bytes, and keeps no borders of messages',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-024',
    level: 'expected',
    operation: 'server',
    sentence: 'The four operations work for a client that is 300 milliseconds of round trip away.',
    source: 'any client relies on it: a slow network is no fault of its requests',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-025',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A sign-in whose answer is lost makes one user or none, and exactly one once the person signs in again.',
    source: 'seed: "Creates a User"; RFC 9112 section 9.5: a connection can end at any time',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-026',
    level: 'expected',
    operation: 'users_disconnect_user',
    sentence:
      'A disconnect whose answer is lost has happened whole or not at all, and has happened once it is sent again.',
    source: 'seed: "Locally Removing a user"; RFC 9112 section 9.5: a connection can end at any time',
    stages: ['e2e'],
  },
  {
    id: 'USR-FAULT-027',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A sign-in whose body is cut off mid-way makes and changes no user.',
    source: 'RFC 9112 sections 6.3 and 8: a message shorter than its Content-Length is incomplete',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
