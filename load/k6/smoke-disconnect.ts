import { journey } from './journey.ts';
import { disconnect } from './journeys/disconnect.ts';
import { schedule } from './schedule.ts';
import { smoke } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(smoke);
export default journey(disconnect, smoke);
