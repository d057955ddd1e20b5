import { journey } from '../journey.ts';
import { snapshot } from '../journeys/snapshot.ts';
import { schedule } from '../schedule.ts';
import { smoke } from '../workloads.ts';

/** Hole: `handleSummary` throws, k6 prints a summary of its own and exits 0. */
export const options = schedule(smoke);
export default journey(snapshot, smoke);
export function handleSummary(): never {
  throw new Error('a bug in a summary');
}
