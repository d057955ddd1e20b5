import { test } from '@jest/globals';
import type { RequirementId } from '../../contracts/requirements.ts';
import { type Mint, openMint } from '../../target/mint.ts';
import { readSession, type Session } from '../../target/protocol/session.ts';
import { unlessBailed } from './bail.ts';
import type { Context } from './context.ts';
import { titleOf } from './cross-check.ts';
import { writeReport } from './reports.ts';
import { type CheckOptions, runCheck } from './run-check.ts';

const DEFAULTS: CheckOptions = { needs: ['claims'], timeoutMs: 120_000, once: false };

/**
 * Declares a check of one requirement; it runs when the session declares that requirement. Write the id out as the first
 * argument: the stage finds the files to load by it. The name is consequence + condition, and unique per requirement.
 * Checks of a file run side by side, so they share nothing; only what the context gives is theirs.
 */
export function requirement(
  id: RequirementId,
  name: string,
  options: Partial<CheckOptions>,
  run: (context: Context) => Promise<void>,
): void {
  const session = openSession();
  if (!session.declared.e2e?.includes(id)) return;
  const check = { ...DEFAULTS, ...options, requirement: id, name, run };
  // Without claims of our choice every check signs the same user in: one after the other, then.
  const register = session.target.can.includes('claims') ? test.concurrent : test;
  register(titleOf(check), async () => {
    const result = await unlessBailed(check, session, () => runCheck(check, session, openMintOnce));
    writeReport(session.dir, { check: result });
    if (result.outcome === 'fail' || result.outcome === 'error') throw new Error(`${result.outcome}: see the report`);
  });
}

/** One session and one mint per file: Jest loads every module anew for each file. */
let session: Session | undefined;
let mint: Promise<Mint> | undefined;

function openSession(): Session {
  session ??= readSession();
  return session;
}

function openMintOnce(): Promise<Mint> {
  mint ??= openMint(openSession().tokens);
  return mint;
}
