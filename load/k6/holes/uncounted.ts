import http from 'k6/http';
import { plan } from '../given.ts';
import { journey } from '../journey.ts';
import { schedule } from '../schedule.ts';
import { smoke } from '../workloads.ts';

/** Hole: requests that nobody judges, and k6 exits 0. */
export { handleSummary } from '../summary.ts';
export const options = schedule(smoke);
export default journey(() => {
  http.get(`${plan.baseUrl}/users`, { tags: { name: 'users_snapshot' } });
}, smoke);
