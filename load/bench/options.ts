import { z } from 'zod';
import { targetSpecSchema, tokenSourceSchema } from '../../target/protocol/session.ts';

/** What `bench` is told: a JSON file, named by its one argument. */
export const benchOptionsSchema = z.strictObject({
  /** The k6 program, absolute; and wrk, whose figure is then shown beside k6's. */
  k6: z.string(),
  wrk: z.string().optional(),
  /** A temporary folder, absolute: people, plans, data, the ledger. The caller removes it. */
  dir: z.string(),
  /** The targets, side by side in one interleaved run. A bare `node:http` server with the same bytes always takes part. */
  targets: z.array(z.object({ name: z.string(), spec: targetSpecSchema })).min(1),
  /** For targets given as a URL; the others trust an issuer of the bench's own. */
  tokens: tokenSourceSchema.default({ kind: 'none' }),
  /** The numbers of users in the snapshot to measure with, one after the other. */
  users: z.array(z.number().int().min(0).max(100_000)).min(1).default([10]),
  /** The budget: at most the share `allowed` of the requests takes longer than `limitMs`. */
  limitMs: z.number().positive().default(100),
  allowed: z.number().min(0).max(1).default(0.01),
  /** Seconds of each trial. */
  seconds: z.number().int().min(1).default(3),
  /** Requests per second of the first trial, and never to go beyond. */
  start: z.number().int().min(1).default(500),
  most: z.number().int().min(1).default(20_000),
  /** Trials of each rate at the knee. */
  repeats: z.number().int().min(1).default(3),
  /** Hosts beside this machine that load may be sent to. */
  allowRemote: z.array(z.string()).default([]),
  /** Where the JSON goes, absolute. */
  out: z.string().optional(),
});
export type BenchOptions = z.infer<typeof benchOptionsSchema>;
