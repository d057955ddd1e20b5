import { journey } from './journey.ts';
import { lookup } from './journeys/lookup.ts';
import { schedule } from './schedule.ts';
import { breakpoint } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(breakpoint);
export default journey(lookup, breakpoint);
