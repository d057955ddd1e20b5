import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../errors.ts';

/** A failure that somebody answers for until a day. Source: design.md, "Requirements and completeness". */
export const waiverSchema = z.strictObject({
  requirement: z.string(),
  reason: z.string().min(1),
  owner: z.string().min(1),
  /** The last day it counts, `YYYY-MM-DD`, in UTC. */
  expires: z.iso.date(),
});
export type Waiver = z.infer<typeof waiverSchema>;

/**
 * Reads a waiver file (YAML or JSON, a list). Expired entries are handed back apart: they no longer waive, and the report says so.
 * Throws a UsageError that names the file and the entry when it is unreadable, misshapen, or names an unknown requirement.
 */
export function readWaivers(
  file: string,
  knownIds: readonly string[],
  today: string,
): { active: Waiver[]; expired: Waiver[] } {
  let raw: unknown;
  try {
    raw = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`cannot read the waiver file ${file}: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
  const parsed = z.array(waiverSchema).safeParse(raw ?? []);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `${file}: entry ${issue?.path.join('.') || 'list'}: ${issue?.message}; each needs requirement, reason, owner, expires (YYYY-MM-DD)`,
    );
  }
  const stranger = parsed.data.find(({ requirement }) => !knownIds.includes(requirement));
  if (stranger) throw new UsageError(`${file}: ${stranger.requirement} is no requirement; \`assay checks\` lists them`);
  return {
    active: parsed.data.filter(({ expires }) => expires >= today),
    expired: parsed.data.filter(({ expires }) => expires < today),
  };
}
