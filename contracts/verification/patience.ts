/** How many requests in a row may stay without an answer before the rest is not tried. */
const MISSED = 3;

/** A provider that has gone or hangs must not cost a time-out for every interaction that is left. */
export class Patience {
  #missed = 0;

  note(answered: boolean): void {
    this.#missed = answered ? 0 : this.#missed + 1;
  }

  throwIfLost(): void {
    if (this.#missed >= MISSED) throw new Error(`the target has left ${MISSED} requests in a row without an answer`);
  }
}
