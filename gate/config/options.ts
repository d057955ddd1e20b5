import { z } from 'zod';
import { STAGES, type Stage } from '../../target/protocol/result.ts';
import { targetSpecSchema } from '../../target/protocol/session.ts';

/** `OIDC_AUDIENCE` where nobody says another. */
export const DEFAULT_AUDIENCE = 'users-api';

/** Everything a run is told, validated and frozen. Source: flags > environment > file > default. */
export const configSchema = z.object({
  target: targetSpecSchema,
  stages: z.array(z.enum(STAGES)).min(1),
  /** Requirement ids or topics to decide; empty means all. */
  only: z.array(z.string()),
  /** Those not to decide. */
  except: z.array(z.string()),
  profile: z.enum(['standard', 'hardened']),
  /** End at the first failure that blocks. */
  bail: z.boolean(),
  /** Where tokens come from when the target is a URL. */
  tokenCommand: z.array(z.string()).optional(),
  issuerUrl: z.url().optional(),
  audience: z.string(),
  waivers: z.string().optional(),
  /** Folder for report files, absolute. */
  out: z.string().optional(),
  json: z.boolean(),
  quiet: z.boolean(),
  /** A line for every check on the terminal. */
  checks: z.boolean(),
  /** The caller's folder, absolute. */
  cwd: z.string(),
  /** The project's cache, absolute. */
  cache: z.string(),
  /** A k6 binary the caller named by `K6_BIN`. */
  k6: z.string().optional(),
  /** `PATH`. */
  searchPath: z.string(),
  /** Handed through to the stage unread. */
  stageOptions: z.record(z.string(), z.record(z.string(), z.unknown())),
});
export type Config = Readonly<z.infer<typeof configSchema>>;

/** What a report calls the target: the URL, the command or the image as the user wrote it. */
export function targetLabel({ target }: Config): string {
  switch (target.kind) {
    case 'embedded':
      return 'the embedded reference provider';
    case 'command':
      return target.command.join(' ');
    case 'image':
      return target.image;
    case 'url':
      return target.url;
  }
}

/** True when the run decides less than the whole catalogue, so that its verdict speaks of a part only. */
export const isPartial = (config: Config): boolean =>
  config.only.length + config.except.length > 0 || STAGES.some((stage: Stage) => !config.stages.includes(stage));
