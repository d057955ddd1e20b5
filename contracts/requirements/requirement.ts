import type { Stage } from '../../target/protocol/result.ts';

/** How firmly a requirement stands. Source: users-api.md. */
export const LEVELS = ['documented', 'expected', 'hardened'] as const;
export type Level = (typeof LEVELS)[number];

/** The four operations by the ids of the vendor's document; `server` for what belongs to none of them. */
export const OPERATIONS = [
  'users_snapshot',
  'users_specific_user_snapshot',
  'authenticate_from_oauth_token',
  'users_disconnect_user',
  'server',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One sentence that a provider must satisfy. */
export interface Requirement {
  /** Stable for ever: `USR-<TOPIC>-<NNN>`; a number is never used again. */
  readonly id: `USR-${string}-${number}`;
  readonly level: Level;
  readonly operation: Operation;
  /** One sentence in the present tense that a stranger can hold against a server. */
  readonly sentence: string;
  /** The line of the docs, the client's model, or the section of the RFC that says so. */
  readonly source: string;
  /** The stages that decide it: each of them reports at least one check. */
  readonly stages: readonly [Stage, ...Stage[]];
  /** Why no seeded defect of the reference provider can violate it. Absent where one can. */
  readonly unreachable?: string;
}
