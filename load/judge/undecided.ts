import type { CheckResult } from '../../target/protocol/result.ts';
import type { Capability } from '../../target/protocol/session.ts';
import type { Budget } from '../budgets.ts';
import type { JourneyName } from '../k6/plan.ts';
import type { MadePeople } from '../people/people.ts';
import { budgetsOf, endpointsOf, type Part } from '../run/plan.ts';

/** What a journey needs: tokens at all, or tokens for people of our choice, who must then be signed in. */
const NEEDS: Readonly<Record<JourneyName, Capability | undefined>> = {
  snapshot: undefined,
  authenticate: 'tokens',
  lookup: 'claims',
  disconnect: 'claims',
  mixed: 'claims',
};

/** Why a part cannot be run. */
export type WhyNot = Pick<CheckResult, 'outcome' | 'reason' | 'expected' | 'actual'>;

/** Undefined: it can. A target that signs nobody in fails what needs somebody; a missing kind of token is no fault of its own. */
export function whyNot({ journey }: Part, can: ReadonlySet<Capability>, people: MadePeople): WhyNot | undefined {
  const need = NEEDS[journey];
  if (need === undefined) return undefined;
  if (!can.has(need))
    return { outcome: 'skipped', reason: `the journey ${journey} needs ${need}, which this run has not` };
  if (need === 'claims' && people.refusal !== undefined)
    return { outcome: 'fail', expected: 'users sign in before the load starts', actual: people.refusal };
  return undefined;
}

/** A check for each requirement that a part would have decided. */
export function undecided(part: Part, budgets: readonly Budget[], why: WhyNot | undefined): CheckResult[] {
  if (!why) return [];
  const endpoints = [...endpointsOf(part), 'server'] as const;
  const ids = endpoints.flatMap((endpoint) => budgetsOf(budgets, part, endpoint).map(({ requirement }) => requirement));
  const name = `under ${part.workload}-${part.journey}`;
  return [...new Set(ids)].map((requirement) => ({ requirement, name, ...why, durationMs: 0 }));
}

/**
 * Leaves out what was skipped of a requirement that another part decided: where tokens for people of our choice cannot be had, the
 * journeys that do without them say enough.
 */
export function withoutNeedlessSkips(checks: readonly CheckResult[]): CheckResult[] {
  const decided = new Set(checks.filter(({ outcome }) => outcome !== 'skipped').map(({ requirement }) => requirement));
  return checks.filter(({ outcome, requirement }) => outcome !== 'skipped' || !decided.has(requirement));
}

/** A check for each declared requirement that nothing decided: the gate wants every one accounted for. */
export function unaccounted(declared: readonly string[], checks: readonly CheckResult[], cost: boolean): CheckResult[] {
  const reported = new Set(checks.map(({ requirement }) => requirement));
  const reason = `no journey and workload of this run decides it${cost ? '' : ', or the target cannot tell its cost'}`;
  return declared
    .filter((id) => !reported.has(id))
    .map((requirement) => ({ requirement, name: 'not part of this run', outcome: 'skipped', reason, durationMs: 0 }));
}
