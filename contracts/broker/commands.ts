import { PROVIDER } from '../participants.ts';
import type { Revision } from './git.ts';
import { UsageError } from './usage-error.ts';

export const COMMANDS = ['publish', 'can-i-deploy', 'record-deployment', 'record-release'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** What the caller has said; the rest comes from git. */
export interface Said {
  readonly version?: string | undefined;
  readonly branch?: string | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly environment?: string | undefined;
  /** Who is deployed; the provider unless said otherwise. */
  readonly pacticipant?: string | undefined;
  readonly buildUrl?: string | undefined;
}

/** A broker that is down is asked again for 1.5 s; the default of pact-cli is two minutes. */
const RETRIES = ['--retries', '2'];

/** The arguments of `pact broker …` for one of our commands. Throws a `UsageError` when something is missing. */
export function argumentsOf(command: CommandName, said: Said, git: Revision | undefined, pacts: string): string[] {
  const version = said.version ?? git?.version;
  if (!version) throw new UsageError('this is no git checkout with a commit: say --version');
  if (command === 'publish') {
    const branch = said.branch ?? git?.branch;
    const tags = said.tag ?? git?.tags ?? [];
    return [
      'publish',
      pacts,
      ...['--consumer-app-version', version],
      ...(branch ? ['--branch', branch] : []),
      ...(tags.length > 0 ? ['--tag', tags.join(',')] : []), // a second --tag is an error
      ...(said.buildUrl ? ['--build-url', said.buildUrl] : []),
      ...RETRIES,
    ];
  }
  if (!said.environment) throw new UsageError(`${command} needs --environment`);
  const who = ['--pacticipant', said.pacticipant ?? PROVIDER, '--version', version];
  const where =
    command === 'can-i-deploy'
      ? ['--to-environment', said.environment, '--output', 'json']
      : ['--environment', said.environment];
  return [command, ...who, ...where, ...RETRIES];
}
