import { NoAnswerError } from '../../target/http.ts';
import { redact } from '../../target/protocol/redact.ts';
import type { CheckResult } from '../../target/protocol/result.ts';
import { Scene, type SceneOptions, Unavailable } from '../verification/scene.ts';
import { type RawCheck, type Tools, Violated } from './check.ts';

/** Runs a check in a scene of its own and says how it ended, with every exchange as evidence. Never rejects. */
export async function runCheck(check: RawCheck, options: SceneOptions, tools: Tools): Promise<CheckResult> {
  const startedAt = performance.now();
  await using scene = new Scene(options);
  const ended = await check.run(scene, tools).then(() => ({ outcome: 'pass' as const }), judge);
  return {
    requirement: check.requirement,
    name: check.name,
    ...ended,
    // Before the scene is cleared: its own sign-outs are no evidence.
    evidence: { exchanges: [...scene.client.exchanges] },
    durationMs: performance.now() - startedAt,
  };
}

/** Runs checks side by side, and then one by one those that must be alone. */
export async function runChecks(
  checks: readonly RawCheck[],
  options: SceneOptions,
  tools: Tools,
): Promise<Map<RawCheck, CheckResult>> {
  const results = new Map<RawCheck, CheckResult>();
  const run = async (check: RawCheck) => void results.set(check, await runCheck(check, options, tools));
  await Promise.all(checks.filter(({ alone }) => !alone).map(run));
  for (const check of checks.filter(({ alone }) => alone)) await run(check);
  return results;
}

function judge(thrown: unknown): Pick<CheckResult, 'outcome' | 'reason' | 'expected' | 'actual'> {
  if (thrown instanceof Violated) {
    return { outcome: 'fail', expected: redact(thrown.expected), actual: redact(thrown.actual) };
  }
  if (thrown instanceof NoAnswerError) {
    return { outcome: 'fail', expected: 'an answer', actual: `no answer: ${thrown.exchange.error}` };
  }
  if (thrown instanceof Unavailable) return { outcome: 'skipped', reason: thrown.message };
  return { outcome: 'error', reason: redact(thrown instanceof Error ? thrown.message : String(thrown)) };
}
