import { journey } from './journey.ts';
import { mixed } from './journeys/mixed.ts';
import { schedule } from './schedule.ts';
import { breakpoint } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(breakpoint);
export default journey(mixed, breakpoint);
