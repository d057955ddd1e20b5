import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { STAGES, type Stage } from './result.ts';

/**
 * What the gate tells a stage: one JSON file (mode 0600, in the run's temporary folder), named by `ASSAY_SESSION`.
 * Source: docs/architecture.md, "The stage protocol".
 */

/** How the target was handed over. `cwd` is the caller's folder, absolute. */
export const targetSpecSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('embedded') }),
  z.object({ kind: z.literal('command'), command: z.array(z.string()).min(1), cwd: z.string() }),
  z.object({ kind: z.literal('image'), image: z.string() }),
  z.object({ kind: z.literal('url'), url: z.url() }),
]);
export type TargetSpec = z.infer<typeof targetSpecSchema>;

/**
 * What a target or its token source can do; a check names what it needs.
 * - restart, kill, terminate, pause, logs, cost, fresh: of the target (fresh: another instance with empty data)
 * - tokens: good tokens can be had at all; claims: with claims we choose; forge: signed by keys and with headers we choose
 * - issuer: another instance can be told to trust an issuer that the check controls (down, slow, rotating keys)
 */
export const CAPABILITIES = [
  'restart',
  'kill',
  'terminate',
  'pause',
  'logs',
  'cost',
  'fresh',
  'tokens',
  'claims',
  'forge',
  'issuer',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Where tokens come from. `keys` are the private JWKs of the run's own throw-away issuer. */
export const tokenSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('issuer'),
    issuer: z.url(),
    audience: z.string(),
    clientId: z.string(),
    keys: z.array(z.record(z.string(), z.unknown())).min(1),
  }),
  z.object({ kind: z.literal('remote'), issuer: z.url(), audience: z.string(), clientId: z.string(), mint: z.url() }),
  z.object({ kind: z.literal('command'), command: z.array(z.string()).min(1), cwd: z.string() }),
  z.object({ kind: z.literal('none') }),
]);
export type TokenSource = z.infer<typeof tokenSourceSchema>;

export const sessionSchema = z.object({
  /** Unique per run, lower-case letters and digits: part of every subject and e-mail that the run makes. */
  id: z.string().regex(/^[a-z0-9]{8,}$/),
  /** The run's temporary folder. Everything a stage writes lies in it; the gate removes it. */
  dir: z.string(),
  profile: z.enum(['standard', 'hardened']),
  /** The requirements each stage must decide in this run: exactly these. */
  declared: z.record(z.enum(STAGES), z.array(z.string())),
  /** Requirements of which one failure ends the run (`--bail`); absent or empty: it goes on. */
  bailOn: z.array(z.string()).optional(),
  target: z.object({ spec: targetSpecSchema, baseUrl: z.url(), can: z.array(z.enum(CAPABILITIES)) }),
  tokens: tokenSourceSchema,
  /** Options of one stage that the gate hands through unread, e.g. `{ "rate": 50 }` for load. */
  options: z.record(z.string(), z.unknown()),
});
export type Session = z.infer<typeof sessionSchema>;

/** Reads the session named by `ASSAY_SESSION`: the only environment variable a stage reads. */
export function readSession(file = process.env.ASSAY_SESSION): Session {
  if (!file) throw new Error('ASSAY_SESSION is not set: a stage is started by `./assay verify`, not by hand');
  return sessionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Where a stage puts its result. */
export const resultFile = (session: Session, stage: Stage): string => join(session.dir, `${stage}.result.json`);
