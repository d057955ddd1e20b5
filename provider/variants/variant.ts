import type { Alteration } from '../run.ts';

/** A legitimate variant of the reference provider: merely different. A check that fails it raises a false alarm. */
export interface Variant {
  /** Unique; words with hyphens. */
  readonly name: string;
  /** How it differs, in one sentence. */
  readonly sentence: string;
  /** The lines that allow it. Source: users-api.md, "What legitimate providers differ in", or "Models". */
  readonly allowedBy: readonly string[];
  /** The profile of the gate that it must pass: `standard` where it leaves good practice (`hardened`) aside. */
  readonly profile: 'standard' | 'hardened';
  /** Puts the difference into the parts that the provider is built from. */
  readonly alter: Alteration;
}
