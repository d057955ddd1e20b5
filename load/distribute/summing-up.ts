import { requirements } from '../../contracts/requirements.ts';
import type { CheckResult } from '../../target/protocol/result.ts';

/** What the checks come to, as the gate's own verdict: one proven fault is enough, whatever else could not be told. */
export interface SummingUp {
  readonly verdict: 'ship' | 'reject' | 'inconclusive';
  readonly exitCode: 0 | 1 | 2;
}

const hardened = new Set<string>(requirements.filter(({ level }) => level === 'hardened').map(({ id }) => id));

export function sumUp(checks: readonly CheckResult[]): SummingUp {
  const outcomes = new Set(
    checks.filter(({ requirement }) => !hardened.has(requirement)).map(({ outcome }) => outcome),
  );
  if (outcomes.has('fail')) return { verdict: 'reject', exitCode: 1 };
  if (outcomes.has('error') || !outcomes.has('pass')) return { verdict: 'inconclusive', exitCode: 2 };
  return { verdict: 'ship', exitCode: 0 };
}

/** A line for each check, the verdict last. */
export function describeChecks(checks: readonly CheckResult[]): string {
  const lines = checks.map(({ requirement, name, outcome, reason, actual }) =>
    [outcome.padEnd(5), requirement, name, outcome === 'pass' ? '' : `(${reason ?? actual ?? 'no reason given'})`]
      .join('  ')
      .trimEnd(),
  );
  return [...lines, sumUp(checks).verdict.toUpperCase()].join('\n');
}
