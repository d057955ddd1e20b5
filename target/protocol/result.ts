import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * What a stage tells the gate: one JSON file, written once, whole, at the end.
 * Source: docs/architecture.md, "The stage protocol".
 */

/** The outcome of a check, from good to bad: when several decide one requirement, the worst counts. */
export const OUTCOMES = ['pass', 'waived', 'skipped', 'fail', 'error'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const STAGES = ['contracts', 'e2e', 'load'] as const;
export type Stage = (typeof STAGES)[number];

/** One request and its answer, secrets already redacted. `status` is absent when no answer came; `error` then says why. */
export const exchangeSchema = z.object({
  method: z.string(),
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string().optional(),
  /** The request's bytes, one character a byte, where it was no usual HTTP: then the other members are only what was meant. */
  requestBytes: z.string().optional(),
  status: z.number().int().optional(),
  responseHeaders: z.record(z.string(), z.string()).optional(),
  responseBody: z.string().optional(),
  error: z.string().optional(),
  durationMs: z.number().nonnegative(),
});
export type Exchange = z.infer<typeof exchangeSchema>;

/** What backs an outcome. `numbers` carry their unit in the name (`p95Ms`, `rssBytes`). */
export const evidenceSchema = z.object({
  exchanges: z.array(exchangeSchema).optional(),
  numbers: z.record(z.string(), z.number()).optional(),
  logs: z.string().optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** The outcome of one check on one requirement. A stage never says `waived`: only the gate knows the waivers. */
export const checkResultSchema = z.object({
  requirement: z.string().regex(/^USR-[A-Z]+-\d{3}$/),
  /** The check's own title: consequence + condition. */
  name: z.string().min(1),
  outcome: z.enum(['pass', 'skipped', 'fail', 'error']),
  /** Why it was skipped or could not tell. Required for these two. */
  reason: z.string().optional(),
  expected: z.string().optional(),
  actual: z.string().optional(),
  evidence: evidenceSchema.optional(),
  /** The second run on a fresh user disagreed with the first. The outcome is then `error`: we could not tell. */
  flaky: z.boolean().optional(),
  durationMs: z.number().nonnegative(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export const stageResultSchema = z.object({
  version: z.literal(1),
  stage: z.enum(STAGES),
  /** The session that asked for it: a file of another session is stale. */
  session: z.string().min(1),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  checks: z.array(checkResultSchema),
  /** Facts a reader of the report wants that are no outcome: tool versions, seeds, machine figures. */
  notes: z.array(z.string()),
});
export type StageResult = z.infer<typeof stageResultSchema>;

/** Writes the result of a stage whole or not at all: a reader never sees half a file. */
export async function writeStageResult(file: string, result: StageResult): Promise<void> {
  const text = JSON.stringify(stageResultSchema.parse(result), null, 2);
  await writeFile(`${file}.part`, text, { mode: 0o600 });
  await rename(`${file}.part`, file);
}

/** Reads a stage's result. Throws when it is missing, empty, cut off or not of this shape; the message says which. */
export async function readStageResult(file: string): Promise<StageResult> {
  const text = await readFile(file, 'utf8');
  if (text.trim() === '') throw new Error(`${file} is empty`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is cut off or no JSON`, { cause });
  }
  const parsed = stageResultSchema.safeParse(json);
  if (!parsed.success) throw new Error(`${file} is no stage result: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
