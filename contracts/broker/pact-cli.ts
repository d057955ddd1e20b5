import { createRequire } from 'node:module';
import { execaNode } from 'execa';
import type { BrokerSettings } from './settings.ts';

const PROGRAM = createRequire(import.meta.url).resolve('@pact-foundation/pact-cli/bin/pact-broker.js');

/** How pact-cli ended, with what it said. */
export interface CliRun {
  readonly exitCode: number;
  readonly output: string;
}

/**
 * Runs `pact broker …`. Credentials go by environment, and nothing else of the caller's does: PACT_BROKER_* of another tool
 * and proxies are none of its business.
 */
export async function runPactCli(words: readonly string[], broker: BrokerSettings): Promise<CliRun> {
  const { exitCode, all } = await execaNode(PROGRAM, words, {
    env: { ...broker.environment, PACT_DO_NOT_TRACK: '1' },
    extendEnv: false,
    reject: false,
    all: true,
    timeout: 120_000,
  });
  return { exitCode: exitCode ?? 1, output: all };
}
