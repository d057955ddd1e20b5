import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { requirements } from '../contracts/requirements.ts';
import { ENDPOINTS, JOURNEYS, type JourneyName } from './k6/plan.ts';
import { type WorkloadName, workloads } from './k6/workloads.ts';

const share = z.number().min(0).max(1);
const positive = z.number().positive();

/** What is limited. Latency limits are decided on the share of requests above them, the others on their value. */
const limitsSchema = z
  .strictObject({
    p50Ms: positive,
    p95Ms: positive,
    p99Ms: positive,
    /** Wrong or missing answers of all requests. */
    errorRate: share,
    /** Right answers of all planned requests: at least. */
    throughputShare: share,
    /** Bytes on the wire, headers included, of one answer; of one answer for each user in the snapshot. */
    bytesPerAnswer: positive,
    bytesPerUser: positive,
    cpuMsPerRequest: positive,
    peakRssMb: positive,
    /** From the start of the workload to its end. */
    rssGrowthMb: positive,
  })
  .partial()
  .refine((limits) => Object.keys(limits).length > 0, 'a budget without a limit decides nothing');
export type Limits = z.infer<typeof limitsSchema>;
export type LimitName = keyof Limits;

const known = new Set<string>(requirements.filter(({ stages }) => stages.includes('load')).map(({ id }) => id));

const budgetSchema = z.strictObject({
  requirement: z.string().refine((id) => known.has(id), 'is no requirement of the load stage (see `./assay checks`)'),
  endpoint: z.enum([...ENDPOINTS, 'server']),
  workloads: z.array(z.enum(Object.keys(workloads) as [WorkloadName, ...WorkloadName[]])).min(1),
  /** Absent: every journey that sends to the endpoint. */
  journeys: z
    .array(z.enum(Object.keys(JOURNEYS) as [JourneyName, ...JourneyName[]]))
    .min(1)
    .optional(),
  limits: limitsSchema,
});

/** A limit on latency, errors or cost of one endpoint under some workloads. */
export type Budget = z.infer<typeof budgetSchema>;

const fileSchema = z.strictObject({ budgets: z.array(budgetSchema).min(1) });

const OURS = join(import.meta.dirname, 'budgets.json');

/** Reads budgets from a JSON file (default: `load/budgets.json`). Throws with the place and what is wrong there. */
export async function readBudgets(file: string = OURS): Promise<readonly Budget[]> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`budgets: ${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) throw new Error(`budgets: ${file} is not valid:\n${z.prettifyError(parsed.error)}`);
  return parsed.data.budgets;
}

/** The latency limits of a budget: at most the share `allowed` of its requests takes longer than `ms`. */
export const latencyLimits = ({ p50Ms, p95Ms, p99Ms }: Limits): { name: LimitName; ms: number; allowed: number }[] =>
  [
    { name: 'p50Ms' as const, ms: p50Ms, allowed: 0.5 },
    { name: 'p95Ms' as const, ms: p95Ms, allowed: 0.05 },
    { name: 'p99Ms' as const, ms: p99Ms, allowed: 0.01 },
  ].flatMap(({ name, ms, allowed }) => (ms === undefined ? [] : [{ name, ms, allowed }]));
