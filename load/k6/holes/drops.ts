import { journey } from '../journey.ts';
import { snapshot } from '../journeys/snapshot.ts';
import { schedule } from '../schedule.ts';
import { smoke } from '../workloads.ts';

const { scenarios, ...rest } = schedule(smoke);
const starved = Object.entries(scenarios ?? {}).map(([name, step]) => [
  name,
  { ...step, preAllocatedVUs: 1, maxVUs: 1 },
]);

/** Hole: one VU; the iteration that is due while a slow answer keeps it waiting is dropped, and k6 exits 0. */
export { handleSummary } from '../summary.ts';
export const options = { ...rest, scenarios: Object.fromEntries(starved) };
export default journey(snapshot, smoke);
