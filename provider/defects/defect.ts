import type { Alteration } from '../run.ts';

/** What kind of fault a defect is. Source: issue "Proof". */
export const CLASSES = [
  'shape',
  'state',
  'identity',
  'concurrency',
  'durability',
  'security',
  'robustness',
  'performance',
  'resources',
] as const;
export type DefectClass = (typeof CLASSES)[number];

/** One seeded fault of the reference provider, as real servers have them. */
export interface Defect {
  /** Unique; words with hyphens. */
  readonly name: string;
  /** What the provider does wrong, in one sentence. */
  readonly sentence: string;
  /** The requirement that it violates, by the id of the catalogue. */
  readonly requirement: `USR-${string}-${number}`;
  /** Why no check sees it, where none can. */
  readonly escapes?: string;
  /** Puts the fault into the parts that the provider is built from. */
  readonly seed: Alteration;
}
