import type { Requirement } from './requirement.ts';
import { pages } from './security/pages.ts';
import { payloads } from './security/payloads.ts';
import { secrets } from './security/secrets.ts';
import { tokens } from './security/tokens.ts';

/** Tokens, secrets, hosts, origins and paths. */
export const security = [...tokens, ...secrets, ...pages, ...payloads] as const satisfies readonly Requirement[];
