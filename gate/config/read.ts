import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { split } from 'shlex';
import { parse } from 'yaml';
import { z } from 'zod';
import { refuseLoad } from '../../load/safety.ts';
import { STAGES, type Stage } from '../../target/protocol/result.ts';
import type { TargetSpec } from '../../target/protocol/session.ts';
import { UsageError } from '../errors.ts';
import { type Config, configSchema, DEFAULT_AUDIENCE } from './options.ts';
import { readStageOptions, type StageFlags } from './stage-options.ts';

/** The flags of a run as the command line, the environment or the file gives them: text, not yet looked at. */
export interface Flags extends StageFlags {
  provider?: string;
  providerCommand?: string;
  providerImage?: string;
  stages?: string;
  only?: string;
  except?: string;
  profile?: string;
  audience?: string;
  tokenCommand?: string;
  issuerUrl?: string;
  waivers?: string;
  out?: string;
  bail?: boolean;
  json?: boolean;
  quiet?: boolean;
  checks?: boolean;
}

/** The process' surroundings: the only place where they are read is `gate/main.ts`. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where the project keeps what is costly to get: k6, Node. */
export const cacheFolder = ({ env }: Surroundings): string =>
  env.ASSAY_CACHE ?? join(env.XDG_CACHE_HOME ?? join(env.HOME ?? homedir() ?? tmpdir(), '.cache'), 'assay');

/** Turns flags into a Config. Every fault is a UsageError that names the flag, what it got and what it takes. */
export function readConfig(flags: Flags, surroundings: Surroundings): Config {
  const profile = flags.profile ?? 'standard';
  if (profile !== 'standard' && profile !== 'hardened') {
    throw new UsageError(`--profile ${profile}: there is standard and hardened`);
  }
  const path = (file: string) => resolve(surroundings.cwd, file);
  const config = {
    target: readTarget(flags, surroundings),
    stages: readStages(flags.stages),
    only: list(flags.only),
    except: list(flags.except),
    profile,
    bail: flags.bail ?? false,
    audience: flags.audience ?? DEFAULT_AUDIENCE,
    ...(flags.tokenCommand ? { tokenCommand: words('--token-command', flags.tokenCommand) } : {}),
    ...(flags.issuerUrl ? { issuerUrl: readUrl('--issuer-url', flags.issuerUrl) } : {}),
    ...(flags.waivers ? { waivers: path(flags.waivers) } : {}),
    ...(flags.out ? { out: path(flags.out) } : {}),
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    // Who asks for the contract alone wants to see its interactions.
    checks: flags.checks ?? flags.stages === 'contracts',
    cwd: surroundings.cwd,
    cache: cacheFolder(surroundings),
    searchPath: surroundings.env.PATH ?? '',
    ...(surroundings.env.K6_BIN ? { k6: surroundings.env.K6_BIN } : {}),
    stageOptions: readStageOptions(flags, surroundings.cwd),
  };
  refuseRemoteLoad(config);
  return Object.freeze(configSchema.parse(config));
}

/** Load goes to this machine unless a host was named. Source: design.md, "Safety". */
function refuseRemoteLoad({ target, stages, stageOptions }: Pick<Config, 'target' | 'stages' | 'stageOptions'>): void {
  if (target.kind !== 'url' || !stages.includes('load')) return;
  const refusal = refuseLoad(target.url, (stageOptions.load?.allowRemote as string[] | undefined) ?? []);
  if (refusal)
    throw new UsageError(
      `--provider ${target.url}: ${refusal}, or leave the load stage out with --stages contracts,e2e`,
    );
}

function readTarget(flags: Flags, { cwd }: Surroundings): TargetSpec {
  const given = [flags.provider, flags.providerCommand, flags.providerImage].filter((flag) => flag !== undefined);
  if (given.length > 1)
    throw new UsageError('--provider, --provider-command and --provider-image: give one of them, not several');
  if (flags.provider !== undefined) return { kind: 'url', url: readUrl('--provider', flags.provider) };
  if (flags.providerCommand !== undefined) {
    return { kind: 'command', command: words('--provider-command', flags.providerCommand), cwd };
  }
  if (flags.providerImage === '') throw new UsageError('--provider-image is empty: give the name of an image');
  if (flags.providerImage !== undefined) return { kind: 'image', image: flags.providerImage };
  return { kind: 'embedded' };
}

function readStages(text: string | undefined): Stage[] {
  if (text === undefined) return [...STAGES];
  const names = list(text);
  const stranger = names.find((name) => !STAGES.includes(name as Stage));
  if (stranger !== undefined || names.length === 0) {
    throw new UsageError(`--stages ${text}: there is ${STAGES.join(', ')} (a comma between them)`);
  }
  return STAGES.filter((stage) => names.includes(stage));
}

/** Splits a command as a POSIX shell splits words; it is run without a shell. */
function words(flag: string, text: string): string[] {
  let argv: string[];
  try {
    argv = split(text);
  } catch (cause) {
    throw new UsageError(`${flag} ${text}: cannot split it into words (${(cause as Error).message})`, { cause });
  }
  if (argv.length === 0 || argv[0] === '')
    throw new UsageError(`${flag} is empty: give a command, e.g. ${flag} "node server.js"`);
  return argv;
}

function readUrl(flag: string, text: string): string {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`${flag} ${text || '""'}: this is no URL; it takes one like http://localhost:1000`);
  }
  if (url.username || url.password) throw new UsageError(`${flag}: a URL with a name or password in it is not taken`);
  return text.replace(/\/+$/, '');
}

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const fileSchema = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]));

/** The settings of a configuration file (YAML or JSON, the flags' long names as keys). A default file need not exist. */
export function readConfigFile(file: string, required: boolean): Record<string, string | boolean | number> {
  if (!required && !existsSync(file)) return {};
  try {
    return fileSchema.parse(parse(readFileSync(file, 'utf8')) ?? {});
  } catch (cause) {
    const why =
      cause instanceof z.ZodError ? 'it takes one `flag: value` a line' : (cause as Error).message.split('\n')[0];
    throw new UsageError(`cannot read the configuration ${file}: ${why}`, { cause });
  }
}
