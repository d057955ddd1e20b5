import { journey } from './journey.ts';
import { lookup } from './journeys/lookup.ts';
import { schedule } from './schedule.ts';
import { spike } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(spike);
export default journey(lookup, spike);
