import { journey } from './journey.ts';
import { lookup } from './journeys/lookup.ts';
import { schedule } from './schedule.ts';
import { smoke } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(smoke);
export default journey(lookup, smoke);
