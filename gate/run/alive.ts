import { openClient } from '../../target/http.ts';
import type { CheckResult, Stage } from '../../target/protocol/result.ts';
import type { Target } from '../../target/target.ts';

/** The one requirement that the gate decides itself, after every stage. */
export const STAYS_UP = 'USR-ROB-001';

/**
 * Whether the target still runs and answers after a stage. When it ended by itself it is started again, so that the stages
 * after this one still gather evidence.
 */
export async function checkStaysUp(target: Target, stage: Stage): Promise<CheckResult> {
  const started = performance.now();
  const client = openClient(target.baseUrl);
  const base = { requirement: STAYS_UP, name: `still runs and answers after the ${stage} stage` } as const;
  const fail = (actual: string): CheckResult => ({
    ...base,
    outcome: 'fail',
    expected: 'the provider still runs, and GET /users answers 200',
    actual,
    evidence: { exchanges: client.exchanges.slice(-1), logs: target.logs().slice(-2_000) },
    durationMs: performance.now() - started,
  });
  if (!target.isRunning()) {
    await target.start().catch(() => undefined); // its own failure will show in the next stage
    return fail(`the provider ended by itself during the ${stage} stage`);
  }
  try {
    const { status } = await client.snapshot();
    if (status !== 200) return fail(`GET /users answered ${status}`);
    return { ...base, outcome: 'pass', durationMs: performance.now() - started };
  } catch (error) {
    return fail((error as Error).message);
  }
}
