import type { Model } from '../model.ts';
import type { RequirementId } from '../requirements.ts';
import type { Scene } from '../verification/scene.ts';
import type { EmptyTarget } from '../verification/state-handlers.ts';

/** What a check looks at besides its scene. */
export interface Tools {
  readonly model: Model;
  readonly emptyTarget: EmptyTarget;
}

/** Decides a requirement on raw answers, where Pact cannot see: bytes, absence, several answers at once. */
export interface RawCheck {
  readonly requirement: RequirementId;
  /** It is about everybody: no other check may have users meanwhile. */
  readonly alone?: true;
  /** Consequence and condition. */
  readonly name: string;
  /** Rejects with `Violated` when the target does not satisfy it, with `Unavailable` when it cannot be tried. */
  run(scene: Scene, tools: Tools): Promise<void>;
}

/** The target does not satisfy the requirement. */
export class Violated extends Error {
  override readonly name = 'Violated';
  readonly expected: string;
  readonly actual: string;

  constructor(expected: string, actual: string) {
    super(`expected ${expected}, got ${actual}`);
    this.expected = expected;
    this.actual = actual;
  }
}
