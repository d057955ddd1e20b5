import { journey } from '../journey.ts';
import { snapshot } from '../journeys/snapshot.ts';
import { schedule } from '../schedule.ts';
import { smoke } from '../workloads.ts';

/** Hole: every iteration throws, after a good request, and k6 exits 0. */
export { handleSummary } from '../summary.ts';
export const options = schedule(smoke);
export default journey((index) => {
  snapshot(index);
  throw new Error('a bug in a script');
}, smoke);
