import { authenticateChecks } from './authenticate.ts';
import type { RawCheck } from './check.ts';
import { disconnectChecks } from './disconnect.ts';
import { oneChecks } from './one.ts';
import { snapshotChecks } from './snapshot.ts';

/** Every check on raw answers, in the order of the catalogue. */
export const rawChecks: readonly RawCheck[] = [
  ...snapshotChecks,
  ...oneChecks,
  ...authenticateChecks,
  ...disconnectChecks,
];
