import { journey } from './journey.ts';
import { authenticate } from './journeys/authenticate.ts';
import { schedule } from './schedule.ts';
import { average } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(average);
export default journey(authenticate, average);
