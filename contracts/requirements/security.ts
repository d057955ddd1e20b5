import type { Requirement } from './requirement.ts';
import { tokens } from './security/tokens.ts';

/** Tokens, secrets, hosts, origins and paths. */
export const security = [...tokens] as const satisfies readonly Requirement[];
