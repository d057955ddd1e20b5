import { journey } from '../journey.ts';
import { snapshot } from '../journeys/snapshot.ts';
import { schedule } from '../schedule.ts';
import { smoke } from '../workloads.ts';

/** Hole: half of the load that was asked for, and k6 exits 0. */
const less = { ...smoke, steps: [{ times: 0.5, share: 1 }] };

export { handleSummary } from '../summary.ts';
export const options = schedule(less);
export default journey(snapshot, less);
