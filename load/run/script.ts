import { join } from 'node:path';
import type { Part } from './plan.ts';

/** The folder of the k6 scripts. */
export const SCRIPTS = join(import.meta.dirname, '..', 'k6');

/** The script of a part, absolute. */
export const scriptOf = ({ workload, journey }: Part): string => join(SCRIPTS, `${workload}-${journey}.ts`);
