/** The target does not do what a requirement says, in words of our own: for what Jest's matchers cannot say readably. */
export class Unsatisfied extends Error {
  override readonly name = 'Unsatisfied';
  readonly expected: string;
  readonly actual: string;
  readonly hung: boolean;

  /** @param options.hung What was expected is an answer, and it was waited for in vain. */
  constructor(expected: string, actual: string, { hung = false } = {}) {
    super(`expected ${expected}, got ${actual}`);
    this.expected = expected;
    this.actual = actual;
    this.hung = hung;
  }
}
