import { journey } from './journey.ts';
import { mixed } from './journeys/mixed.ts';
import { schedule } from './schedule.ts';
import { spike } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(spike);
export default journey(mixed, spike);
