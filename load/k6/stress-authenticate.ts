import { journey } from './journey.ts';
import { authenticate } from './journeys/authenticate.ts';
import { schedule } from './schedule.ts';
import { stress } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(stress);
export default journey(authenticate, stress);
