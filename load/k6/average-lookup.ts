import { journey } from './journey.ts';
import { lookup } from './journeys/lookup.ts';
import { schedule } from './schedule.ts';
import { average } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(average);
export default journey(lookup, average);
