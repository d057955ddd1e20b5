import type { Requirement } from './requirement.ts';
import { bodies } from './robustness/bodies.ts';
import { messages } from './robustness/messages.ts';
import { resources } from './robustness/resources.ts';

/** Malformed and hostile HTTP, and staying up. */
export const robustness = [
  {
    id: 'USR-ROB-001',
    level: 'expected',
    operation: 'server',
    sentence: 'The provider still runs and answers GET /users with 200 after everything that a stage did to it.',
    source: 'users-api.md: any client relies on a server that is there; decided by the gate after each stage',
    stages: ['contracts', 'e2e', 'load'],
  },
  ...bodies,
  ...messages,
  ...resources,
] as const satisfies readonly Requirement[];
