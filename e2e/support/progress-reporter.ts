import type { Reporter, TestCaseResult } from '@jest/reporters';
import { tellProgress } from '../../target/protocol/progress.ts';
import { readSession } from '../../target/protocol/session.ts';

/** Tells the gate, line by line, how many of the declared requirements have been looked at. Runs in Jest's own process. */
export default class ProgressReporter implements Pick<Reporter, 'onTestCaseResult'> {
  readonly #declared = new Set(readSession().declared.e2e ?? []);
  readonly #seen = new Set<string>();

  onTestCaseResult(_test: unknown, { title }: TestCaseResult): void {
    const [id = ''] = title.split(' ');
    if (this.#declared.has(id)) this.#seen.add(id);
    tellProgress({ done: this.#seen.size, total: this.#declared.size, label: title });
  }
}
