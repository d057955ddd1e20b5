import { z } from 'zod';
import { JOURNEYS, type JourneyName } from './k6/plan.ts';
import { type WorkloadName, workloads } from './k6/workloads.ts';
import { outputSchema } from './run/outputs.ts';
import type { Part } from './run/plan.ts';

const WORKLOADS = Object.keys(workloads) as [WorkloadName, ...WorkloadName[]];
const JOURNEY_NAMES = Object.keys(JOURNEYS) as [JourneyName, ...JourneyName[]];

/** `session.options.load`: what the gate hands through to the load stage. */
export const loadOptionsSchema = z.strictObject({
  /** The k6 program, absolute: see `k6.ts`. */
  k6: z.string(),
  workloads: z.array(z.enum(WORKLOADS)).optional(),
  journeys: z.array(z.enum(JOURNEY_NAMES)).optional(),
  /** Iterations per second at the workload's `times: 1`. */
  rate: z.number().int().min(1).max(50_000).optional(),
  /** Length of each part, in seconds. */
  duration: z.number().int().min(1).max(86_400).optional(),
  /** Users in the snapshot during the run; made before and removed after it. */
  users: z.number().int().min(0).max(100_000).default(10),
  /** A file in the place of `budgets.json`, absolute. */
  budgets: z.string().optional(),
  /** Hosts beside this machine that load may be sent to. */
  allowRemote: z.array(z.string()).default([]),
  ...outputSchema.shape,
});
export type LoadOptions = z.infer<typeof loadOptionsSchema>;

/** What a run without a choice does, in about half a minute: right at all, in time one by one, in time all at once. */
const USUAL: readonly Part[] = [
  { workload: 'smoke', journey: 'mixed' },
  { workload: 'average', journey: 'snapshot' },
  { workload: 'average', journey: 'authenticate' },
  { workload: 'average', journey: 'mixed' },
];

/** The parts of a run: every chosen journey under every chosen workload. */
export function partsOf({ workloads: chosen, journeys, rate, duration }: LoadOptions): readonly Part[] {
  const parts =
    chosen || journeys
      ? (chosen ?? ['average']).flatMap((workload) =>
          (journeys ?? JOURNEY_NAMES).map((journey): Part => ({ workload, journey })),
        )
      : USUAL;
  return parts.map((part) => ({ ...part, rate, seconds: duration }));
}
