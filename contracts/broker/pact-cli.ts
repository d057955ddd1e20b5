import { createRequire } from 'node:module';
import { execa } from 'execa';
import type { BrokerSettings } from './settings.ts';

/** What we use of pact-cli: the path of its program for this machine. Throws, naming the package, where there is none. */
interface PactCli {
  standalone(): { readonly pactFullPath: string };
}
const { standalone } = createRequire(import.meta.url)('@pact-foundation/pact-cli/src/pact-standalone.js') as PactCli;

/** How pact-cli ended, with what it said. */
export interface CliRun {
  readonly exitCode: number;
  readonly output: string;
}

/**
 * Runs `pact broker …`. Credentials go by environment, never by argument, and nothing else of the caller's goes at all:
 * PACT_BROKER_* of another tool and proxies are none of its business.
 */
export async function runPactCli(words: readonly string[], broker: BrokerSettings): Promise<CliRun> {
  const { exitCode, all } = await execa(standalone().pactFullPath, ['broker', ...words], {
    env: { ...broker.environment, PACT_DO_NOT_TRACK: '1' },
    extendEnv: false,
    reject: false,
    all: true,
    timeout: 120_000,
  });
  return { exitCode: exitCode ?? 1, output: withoutPictures(all) };
}

/** What it says, each line once: an error comes twice, the second time with more signs before it. */
function withoutPictures(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^(\p{Extended_Pictographic}\uFE0F? *)+/u, ''));
  return [...new Set(lines)].join('\n').trim();
}
