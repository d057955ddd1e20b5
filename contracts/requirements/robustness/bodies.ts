import type { Requirement } from '../requirement.ts';

const CLIENTS_THROW = 'RFC 9110 section 15.5.1; users-api.md: users complain of sign-in answering 500';

/** Malformed and hostile bodies of a sign-in. After each the server goes on and nobody was made who should not be. */
export const bodies = [
  {
    id: 'USR-ROB-002',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'JSON that is no object (null, a number, a string, an array) is refused with a 4xx and makes no user.',
    source: CLIENTS_THROW,
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-003',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'JSON that is cut off, wherever, is refused with a 4xx and makes no user.',
    source: `RFC 8259 section 2; ${CLIENTS_THROW}`,
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-004',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'JSON that is nested very deeply is no 5xx and stops nothing.',
    source: 'RFC 8259 section 9: a parser may limit the depth; CWE-674',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-005',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'JSON with thousands of members, or members of many kilobytes, is no 5xx and stops nothing.',
    source: 'RFC 8259 section 9: a parser may limit the size; CWE-770',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-006',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A body of many megabytes is refused with a 4xx or a closed connection and makes no user.',
    source: 'users-api.md: oversized body: 413, 400 or a closed connection; CWE-770',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-007',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'An OAuthToken whose access token is missing, empty or no string is refused with a 4xx and makes no user.',
    source: `client model OAuthToken: access_token is a required string; ${CLIENTS_THROW}`,
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-008',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'An OAuthToken with members of a wrong type is refused with a 4xx or signs in the one it is about.',
    source: `client model OAuthToken; ${CLIENTS_THROW}`,
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-009',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A body in another encoding than UTF-8, or compressed, is refused with a 4xx or understood, never a 5xx.',
    source: 'RFC 8259 section 8.1; RFC 9110 sections 8.4 and 15.5.16',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-010',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'Of a member that a body has twice, one counts: never more than one user, and the answer is its profile.',
    source: 'RFC 8259 section 4: names should be unique',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-011',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence: 'What follows the JSON of a body is refused or ignored: it signs nobody in and is no 5xx.',
    source: 'RFC 8259 section 2: a JSON text is one value',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-012',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A wrong, missing or malformed content type is refused with a 4xx or ignored, never a 5xx.',
    source: `RFC 9110 sections 8.3 and 15.5.16; ${CLIENTS_THROW}`,
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-046',
    level: 'hardened',
    operation: 'authenticate_from_oauth_token',
    sentence:
      'A token that the issuer signed with claims of odd types or values signs in or is refused with a 4xx: never a 5xx.',
    source: 'CWE-20, CWE-704; RFC 7519 section 4.1: NumericDate is a number, and so may be any',
    stages: ['e2e'],
  },
  {
    id: 'USR-ROB-050',
    level: 'expected',
    operation: 'authenticate_from_oauth_token',
    sentence: 'A token signs in however its JSON is spelled: blanks, line breaks, escapes, its members in any order.',
    source: 'RFC 8259 sections 2, 4 and 7; the Python client writes blanks, the TypeScript client none',
    stages: ['e2e'],
  },
] as const satisfies readonly Requirement[];
