import http from 'k6/http';
import { plan } from './given.ts';
import { schedule } from './schedule.ts';
import { average } from './workloads.ts';

/** The same requests at the same rate by k6 alone, with nothing judged or counted: what `overhead/` holds our scripts against. */
export { handleSummary } from './summary.ts';
export const options = { scenarios: schedule(average).scenarios };
export default function bare(): void {
  http.get(`${plan.baseUrl}/users`, { tags: { name: 'users_snapshot' } });
}
