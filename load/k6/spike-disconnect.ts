import { journey } from './journey.ts';
import { disconnect } from './journeys/disconnect.ts';
import { schedule } from './schedule.ts';
import { spike } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(spike);
export default journey(disconnect, spike);
