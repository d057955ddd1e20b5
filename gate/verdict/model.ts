import type { Requirement } from '../../contracts/requirements/requirement.ts';
import type { CheckResult, Outcome, Stage } from '../../target/protocol/result.ts';
import type { Waiver } from './waivers.ts';

/** The result model: what every report is written from. Plain data, no methods, no I/O. */

/** What one requirement came to, with every check that speaks of it. */
export interface RequirementOutcome {
  readonly requirement: Requirement;
  readonly outcome: Outcome;
  /** Whether it can turn the verdict under the run's profile. */
  readonly blocking: boolean;
  /** In the order skipped, error: why. */
  readonly reason?: string;
  readonly waiver?: Waiver;
  readonly checks: readonly (CheckResult & { readonly stage: Stage })[];
}

/** How a stage went: `complete` gave a whole result; `broken` gave none that counts, and `reason` says why; `left out` was not run (`--bail`). */
export interface StageRun {
  readonly stage: Stage;
  readonly state: 'complete' | 'broken' | 'left out';
  readonly reason?: string;
  readonly durationMs: number;
  readonly checks: number;
  readonly notes: readonly string[];
}

/** Whether the target's users are as they were before the run. */
export interface LeftAsFound {
  readonly same: boolean;
  /** One sentence for the report. */
  readonly text: string;
}

export const VERDICTS = ['ship', 'reject', 'inconclusive'] as const;
export type VerdictName = (typeof VERDICTS)[number];

export interface Verdict {
  readonly verdict: VerdictName;
  /** 0, 1 or 2. */
  readonly exitCode: number;
  /** One line each, the weightiest first; never empty. */
  readonly reasons: readonly string[];
}

/** A finished run. */
export interface Run {
  readonly version: 1;
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly target: { readonly label: string; readonly kind: string; readonly baseUrl: string };
  readonly profile: 'standard' | 'hardened';
  /** True when stages or requirements were left out by request. */
  readonly partial: boolean;
  /** The command that reruns the whole, without `--only`. */
  readonly command: string;
  readonly stages: readonly StageRun[];
  readonly outcomes: readonly RequirementOutcome[];
  /** Waivers past their day: they no longer waive. */
  readonly expiredWaivers: readonly Waiver[];
  readonly leftAsFound: LeftAsFound;
  readonly verdict: Verdict;
}
