import { STAGES } from '../../target/protocol/result.ts';
import type { Config } from '../config/options.ts';

/** The command that repeats a run; with `only`, just that requirement. Safe to paste into a POSIX shell. */
export function rerunCommand(config: Config, only?: string): string {
  const { target } = config;
  const flags: string[] = [];
  if (target.kind === 'url') flags.push('--provider', target.url);
  if (target.kind === 'command') flags.push('--provider-command', target.command.map(quote).join(' '));
  if (target.kind === 'image') flags.push('--provider-image', target.image);
  if (config.tokenCommand) flags.push('--token-command', config.tokenCommand.map(quote).join(' '));
  if (config.issuerUrl) flags.push('--issuer-url', config.issuerUrl);
  if (config.profile !== 'standard') flags.push('--profile', config.profile);
  if (config.stageOptions.e2e?.seed !== undefined) flags.push('--seed', String(config.stageOptions.e2e.seed));
  if (!only && config.stages.length < STAGES.length) flags.push('--stages', config.stages.join(','));
  const chosen = only ? [only] : config.only;
  if (chosen.length > 0) flags.push('--only', chosen.join(','));
  if (!only && config.except.length > 0) flags.push('--except', config.except.join(','));
  return ['./assay verify', ...flags.map(quote)].join(' ');
}

const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
