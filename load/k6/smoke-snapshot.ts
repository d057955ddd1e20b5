import { journey } from './journey.ts';
import { snapshot } from './journeys/snapshot.ts';
import { schedule } from './schedule.ts';
import { smoke } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(smoke);
export default journey(snapshot, smoke);
