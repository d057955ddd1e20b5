import { journey } from './journey.ts';
import { snapshot } from './journeys/snapshot.ts';
import { schedule } from './schedule.ts';
import { breakpoint } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(breakpoint);
export default journey(snapshot, breakpoint);
