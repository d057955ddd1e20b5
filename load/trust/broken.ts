import { cellName } from '../k6/plan.ts';
import { figuresOf } from '../run/figures.ts';
import { endpointsOf } from '../run/plan.ts';
import { figure } from '../run/summary.ts';
import type { Evidence } from './evidence.ts';

/** Says why a run must not be trusted; undefined: this guard has nothing against it. */
export type Guard = (evidence: Evidence) => string | undefined;

/** k6's exit code when a threshold was crossed: a finding, not a failure of k6. */
const THRESHOLD_CROSSED = 99;

/**
 * What makes a run no evidence at all. k6 exits 0 in each of these cases but the first; `guards.test.ts` shows it, and that
 * nothing else would notice.
 */
export const BROKEN = {
  exitCode: ({ exitCode, stderr }) =>
    exitCode === 0 || exitCode === THRESHOLD_CROSSED
      ? undefined
      : `k6 ended with ${exitCode === undefined ? 'a signal' : `exit code ${exitCode}`}: ${lastLine(stderr)}`,

  /** `handleSummary` that throws: k6 prints its own summary instead and exits 0. */
  summary: ({ unreadable }) => unreadable,

  /** An iteration that throws counts as done. */
  completed: ({ figures, stderr }) => {
    if (!figures) return undefined;
    const lost = figure(figures, 'iterations', 'count') - figure(figures, 'schedule_lag', 'count');
    return lost > 0 ? `${lost} iterations threw: ${lastLine(stderr)}` : undefined;
  },

  /**
   * A threshold on a metric that was never sampled, for instance because a tag is mistyped, passes. Where every VU waited for an
   * answer it may be that none came: such a run cannot pass (`SHORT`), and may condemn.
   */
  sampled: ({ figures, plan }) => {
    if (!figures || figure(figures, 'dropped_iterations', 'count') > 0) return undefined;
    const unsampled = Object.keys(plan.thresholds).filter((metric) => {
      if (/^(dropped_iterations|wrong_answers)\b/.test(metric)) return false; // 0 is what they should be
      const { count = 0, passes = 0, fails = 0 } = figures.metrics[metric]?.values ?? {};
      return count + passes + fails === 0;
    });
    return unsampled.length > 0 ? `nothing was measured for ${unsampled.join(', ')}` : undefined;
  },

  /** The counts by block, which the budgets are decided on, hold every request that k6 itself counted. */
  counted: ({ figures, plan, part }) => {
    if (!figures) return undefined;
    const off = endpointsOf(part).filter((endpoint) => {
      const limits = plan.limitsMs[endpoint] ?? [];
      if (limits.length === 0 || plan.blocks === 0) return false;
      let inBlocks = 0;
      for (let block = 0; block < plan.blocks; block++)
        for (let over = 0; over <= limits.length; over++)
          inBlocks += figure(figures, cellName(endpoint, block, over), 'count');
      return inBlocks !== figuresOf(figures, endpoint).requests;
    });
    return off.length > 0 ? `k6's count of requests and ours differ for ${off.join(', ')}` : undefined;
  },
} as const satisfies Record<string, Guard>;

const lastLine = (text: string): string => text.trim().split('\n').at(-1) || 'it said nothing';
