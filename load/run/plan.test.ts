import { describe, expect, test } from '@jest/globals';
import type { Budget } from '../budgets.ts';
import { stepsOf, totalOf, workloads } from '../k6/workloads.ts';
import { buildPlan, plannedRequests } from './plan.ts';

const budgets: Budget[] = [
  {
    requirement: 'USR-PERF-005',
    endpoint: 'users_snapshot',
    workloads: ['average'],
    limits: { p50Ms: 20, p95Ms: 50, errorRate: 0.01 },
  },
];

describe('a workload', () => {
  test.each(Object.values(workloads))('$name is shared out whole', ({ steps }) => {
    expect(steps.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  test('keeps its shape at another rate and length', () => {
    const steps = stepsOf(workloads.spike, { rate: 10, seconds: 20 });

    expect(steps.map(({ rate, seconds }) => [rate, seconds])).toEqual([
      [10, 6],
      [100, 4],
      [10, 10],
    ]);
    expect(steps.map(({ first }) => first)).toEqual([0, 60, 460]);
    expect(totalOf(steps)).toEqual({ seconds: 20, iterations: 560 });
  });
});

describe('a plan', () => {
  test('has the limits of the budgets for its workload, and thresholds for k6', () => {
    const plan = buildPlan({ workload: 'average', journey: 'snapshot', seconds: 5, baseUrl: 'http://x', budgets });

    expect(plan).toMatchObject({ blocks: 5, blockMs: 1000, limitsMs: { users_snapshot: [20, 50] } });
    expect(plan.thresholds).toEqual({
      'http_reqs{name:users_snapshot}': ['count>0'],
      'http_req_duration{name:users_snapshot}': ['max>0', 'p(50)<=20', 'p(95)<=50'],
      'wrong_answers{name:users_snapshot}': ['count<=5'],
      schedule_lag: ['max>=0'],
      dropped_iterations: ['count==0'],
    });
  });

  test('has no limits where no budget speaks of its workload', () => {
    const plan = buildPlan({ workload: 'smoke', journey: 'snapshot', baseUrl: 'http://x', budgets });

    expect(plan.limitsMs).toEqual({ users_snapshot: [] });
  });

  test('counts a long run in no more than 120 blocks', () => {
    const plan = buildPlan({ workload: 'soak', journey: 'snapshot', seconds: 3600, baseUrl: 'http://x', budgets });

    expect({ blocks: plan.blocks, blockMs: plan.blockMs }).toEqual({ blocks: 120, blockMs: 30_000 });
  });

  test('reads fewer of the snapshots that hold many users', () => {
    const plan = buildPlan({ workload: 'smoke', journey: 'snapshot', baseUrl: 'http://x', budgets, users: 1000 });

    expect(plan.readEach).toBe(40);
  });

  test('knows how many requests each endpoint gets', () => {
    expect(plannedRequests({ workload: 'average', journey: 'mixed', rate: 100, seconds: 10 }, 'users_snapshot')).toBe(
      600,
    );
  });
});
