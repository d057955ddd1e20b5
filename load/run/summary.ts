import { z } from 'zod';

/** What `load/k6/summary.ts` writes: k6's figures, whole, under the id of the run that made them. */
const summarySchema = z.object({
  id: z.string(),
  durationMs: z.number().positive(),
  metrics: z.record(
    z.string(),
    z.object({
      type: z.enum(['counter', 'gauge', 'rate', 'trend']),
      values: z.record(z.string(), z.number()),
      thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).optional(),
    }),
  ),
  checks: z.array(z.object({ name: z.string(), passes: z.number().int(), fails: z.number().int() })),
});
export type Summary = z.infer<typeof summarySchema>;

/** Reads a summary. Throws where it is cut off, of another shape, or of another run; the message says which. */
export function parseSummary(text: string, id: string): Summary {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error('the summary is empty or cut off', { cause });
  }
  const parsed = summarySchema.safeParse(json);
  if (!parsed.success) throw new Error(`the summary has another shape: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.id !== id) throw new Error(`the summary is of another run (${parsed.data.id})`);
  return parsed.data;
}

/** A figure of a metric, e.g. `figure(summary, 'iterations', 'count')`; 0 where the metric was never sampled. */
export const figure = (summary: Summary, metric: string, name: string): number =>
  summary.metrics[metric]?.values[name] ?? 0;
