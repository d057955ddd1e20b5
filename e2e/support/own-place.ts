import { TargetError } from '../../target/error.ts';
import type { Mint } from '../../target/mint.ts';
import type { Person } from '../../target/person.ts';
import type { Target } from '../../target/target.ts';
import { Place } from './place.ts';
import { Unsatisfied } from './unsatisfied.ts';

/** A target of a check's own, with empty data, that it may end and crash: no other check sees it. */
export class OwnPlace extends Place {
  readonly target: Target;

  constructor(target: Target, options: { mint: Mint; newPerson: () => Person; timeoutMs: number }) {
    super({ ...options, baseUrl: () => target.baseUrl });
    this.target = target;
  }

  /** SIGTERM and the end. The check fails when the provider does not end. */
  async terminate(): Promise<void> {
    await expectOf('a provider that ends on SIGTERM', () => this.target.terminate());
  }

  /** SIGKILL, sent before this returns its promise, and the end. */
  crash(): Promise<void> {
    return this.target.kill();
  }

  /** Starts on the data that was left behind. The check fails when the provider does not become ready. */
  async start(): Promise<void> {
    await expectOf('a provider that starts again on its data', () => this.target.start());
  }

  async restart(): Promise<void> {
    await this.terminate();
    await this.start();
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.target[Symbol.asyncDispose]();
  }
}

/** A target that started once and does not end or start again fails its check: it is not that we could not tell. */
async function expectOf(expected: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw error instanceof TargetError && error.code !== 'TARGET_CANNOT'
      ? new Unsatisfied(expected, error.message)
      : error;
  }
}
