import { journey } from './journey.ts';
import { mixed } from './journeys/mixed.ts';
import { schedule } from './schedule.ts';
import { soak } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(soak);
export default journey(mixed, soak);
