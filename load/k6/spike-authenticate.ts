import { journey } from './journey.ts';
import { authenticate } from './journeys/authenticate.ts';
import { schedule } from './schedule.ts';
import { spike } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(spike);
export default journey(authenticate, spike);
