import { journey } from './journey.ts';
import { authenticate } from './journeys/authenticate.ts';
import { schedule } from './schedule.ts';
import { smoke } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(smoke);
export default journey(authenticate, smoke);
