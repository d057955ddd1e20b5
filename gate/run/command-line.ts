import { STAGES } from '../../target/protocol/result.ts';
import { type Config, DEFAULT_AUDIENCE } from '../config/options.ts';
import { STAYS_UP } from './alive.ts';

/**
 * The command that repeats a run; with `requirement`, just that one, unless it is decided by what all others do to the target.
 * Safe to paste into a POSIX shell.
 */
export function rerunCommand(config: Config, requirement?: string): string {
  const only = requirement === STAYS_UP ? undefined : requirement;
  const { target } = config;
  const flags: string[] = [];
  if (target.kind === 'url') flags.push('--provider', target.url);
  if (target.kind === 'command') flags.push('--provider-command', target.command.map(quote).join(' '));
  if (target.kind === 'image') flags.push('--provider-image', target.image);
  if (config.tokenCommand) flags.push('--token-command', config.tokenCommand.map(quote).join(' '));
  if (config.issuerUrl) flags.push('--issuer-url', config.issuerUrl);
  if (config.profile !== 'standard') flags.push('--profile', config.profile);
  if (config.audience !== DEFAULT_AUDIENCE) flags.push('--audience', config.audience);
  for (const [flag, value] of stageFlags(config)) if (value !== undefined) flags.push(flag, String(value));
  if (!only && config.stages.length < STAGES.length) flags.push('--stages', config.stages.join(','));
  const chosen = only ? [only] : config.only;
  if (chosen.length > 0) flags.push('--only', chosen.join(','));
  if (!only && config.except.length > 0) flags.push('--except', config.except.join(','));
  return ['./assay verify', ...flags.map(quote)].join(' ');
}

/** What changes what a stage finds; where its figures also go is left out. A list becomes one word. */
const stageFlags = ({ stageOptions: { contracts, e2e, load } }: Config): [string, unknown][] => [
  ['--contract-profile', contracts?.contractProfile],
  ['--seed', e2e?.seed],
  ['--workloads', load?.workloads],
  ['--journeys', load?.journeys],
  ['--rate', load?.rate],
  ['--duration', load?.duration],
  ['--users', load?.users],
  ['--budgets', load?.budgets],
  ['--allow-remote-load', load?.allowRemote],
];

const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
