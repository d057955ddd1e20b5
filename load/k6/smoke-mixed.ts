import { journey } from './journey.ts';
import { mixed } from './journeys/mixed.ts';
import { schedule } from './schedule.ts';
import { smoke } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(smoke);
export default journey(mixed, smoke);
