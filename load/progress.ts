import { tellProgress } from '../target/protocol/progress.ts';
import { totalOf } from './k6/workloads.ts';
import { type Part, stepsOfPart } from './run/plan.ts';

/** Seconds beside the parts themselves: people, the floor before and after. */
const AROUND = 7;
/** Users that are signed in each second. */
const USERS_PER_SECOND = 150;

/** Tells the gate twice a second how far the stage is: done and total are seconds. */
export class Ticker implements Disposable {
  readonly #startedAt = performance.now();
  readonly #total: number;
  readonly #timer: NodeJS.Timeout;
  #label = 'starting';

  constructor(parts: readonly Part[], users: number) {
    const before = AROUND + Math.round(users / USERS_PER_SECOND);
    this.#total = parts.reduce((sum, part) => sum + totalOf(stepsOfPart(part)).seconds, before);
    this.#timer = setInterval(() => this.#tick(), 500);
  }

  /** What it is doing now. */
  readonly tell = (label: string): void => {
    this.#label = label;
  };

  #tick(): void {
    const elapsed = Math.floor((performance.now() - this.#startedAt) / 1000);
    tellProgress({ done: Math.min(elapsed, this.#total - 1), total: this.#total, label: this.#label });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
