import { journey } from './journey.ts';
import { mixed } from './journeys/mixed.ts';
import { schedule } from './schedule.ts';
import { stress } from './workloads.ts';

export { handleSummary } from './summary.ts';
export const options = schedule(stress);
export default journey(mixed, stress);
