import { figuresOf } from '../run/figures.ts';
import { endpointsOf, plannedRequests, stepsOfPart } from '../run/plan.ts';
import { figure } from '../run/summary.ts';
import type { Guard } from './broken.ts';

/** How far the number of requests may be from the plan. */
const TOLERANCE = 0.02;

/** What makes a run less than the load that was asked for: it must not pass, but what it saw may still condemn. */
export const SHORT = {
  /** k6 drops an iteration when no VU is free, and exits 0: the requests that would have waited longest are not there. */
  dropped: ({ figures }) => {
    const dropped = figures ? figure(figures, 'dropped_iterations', 'count') : 0;
    return dropped > 0 ? `${dropped} iterations were dropped: every VU was waiting for an answer` : undefined;
  },

  planned: ({ figures, part }) => {
    if (!figures) return undefined;
    const off = endpointsOf(part).flatMap((endpoint) => {
      const planned = plannedRequests(part, endpoint);
      const { requests } = figuresOf(figures, endpoint);
      // k6 starts one iteration more where a step's end falls on the clock's tick.
      const allowed = Math.max(planned * TOLERANCE, stepsOfPart(part).length + 1);
      return Math.abs(requests - planned) > allowed ? [`${requests} of ${planned} to ${endpoint}`] : [];
    });
    return off.length > 0 ? `the requests sent are not those planned: ${off.join(', ')}` : undefined;
  },
} as const satisfies Record<string, Guard>;
