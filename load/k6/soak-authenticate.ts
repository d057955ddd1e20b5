import { journey } from './journey.ts';
import { authenticate } from './journeys/authenticate.ts';
import { schedule } from './schedule.ts';
import { soak } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(soak);
export default journey(authenticate, soak);
