import type { VerdictName } from '../verdict/model.ts';

/** What a proof is made of. Source: design.md, "words": a defect is killed when a check fails because of it. */

/** A seeded fault as `provider/defects/server.ts --list` tells it. */
export interface Defect {
  readonly name: string;
  readonly class: string;
  readonly sentence: string;
  /** The requirement it violates. */
  readonly requirement: string;
  /** Why no check sees it, where none can. */
  readonly escapes?: string;
}

/** A correct provider that is merely different: how it is started. */
export interface Variant {
  readonly name: string;
  /** The profile that it must pass: `standard` where it leaves good practice aside. */
  readonly profile: 'standard' | 'hardened';
  readonly command: readonly string[];
}

/** What became of a defect. */
export interface Trial {
  readonly defect: Defect;
  /** `alive` when nothing failed; `untold` when the run was no evidence (`reason`). */
  readonly fate: 'killed' | 'alive' | 'untold';
  readonly killers: readonly { readonly requirement: string; readonly stage: string }[];
  readonly durationMs: number;
  readonly reason?: string;
}

/** What the gate said of a correct provider. Every failed requirement that blocks under its profile is a false alarm. */
export interface Alarm {
  readonly variant: string;
  /** What it went through: flags of `assay verify`. */
  readonly asked: string;
  readonly verdict: VerdictName;
  readonly falseAlarms: readonly string[];
  readonly untold: readonly string[];
  /** What the failed checks saw, and why others could not tell (those of the load stage apart), a line each. */
  readonly found?: readonly string[];
  readonly durationMs: number;
  /** How many runs of the gate went side by side, where it was more than this one. */
  readonly together?: number;
}

export interface Proof {
  readonly trials: readonly Trial[];
  readonly alarms: readonly Alarm[];
}
