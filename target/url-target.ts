import { TargetError } from './error.ts';
import { NoAnswerError, openClient } from './http.ts';
import type { Capability, TargetSpec } from './protocol/session.ts';
import type { Target } from './target.ts';

const CONNECT_MS = 5000;

/** A provider that somebody else runs: we can only send it requests. */
export class UrlTarget implements Target {
  readonly spec: TargetSpec;
  readonly baseUrl: string;
  readonly can: ReadonlySet<Capability> = new Set();
  readonly terminate = cannot('terminate');
  readonly kill = cannot('kill');
  readonly start = cannot('start');
  readonly restart = cannot('restart');
  readonly pause = cannot('pause');
  readonly resume = cannot('resume');
  readonly cost = cannot('cost');
  readonly storedFiles = cannot('show its files');

  private constructor(spec: TargetSpec, baseUrl: string) {
    this.spec = spec;
    this.baseUrl = baseUrl;
  }

  /** An answer of any status will do: whether it is right is for the checks to say. Throws a TargetError (TARGET_UNREACHABLE). */
  static async open(spec: TargetSpec & { kind: 'url' }, signal?: AbortSignal): Promise<UrlTarget> {
    const baseUrl = spec.url.replace(/\/+$/, '');
    signal?.throwIfAborted();
    try {
      await openClient(baseUrl, { timeoutMs: CONNECT_MS }).snapshot();
    } catch (cause) {
      const why = cause instanceof NoAnswerError ? cause.exchange.error : String(cause);
      const hint = 'is the provider running, and is this the right port?';
      throw new TargetError('TARGET_UNREACHABLE', `nothing answers at ${baseUrl} (${why}): ${hint}`, { cause });
    }
    return new UrlTarget(spec, baseUrl);
  }

  logs(): string {
    return '';
  }

  hasLogged(): boolean {
    return false;
  }

  /** We cannot tell; its requests will. */
  isRunning(): boolean {
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function cannot(what: string): () => Promise<never> {
  return async () => {
    throw new TargetError('TARGET_CANNOT', `a target given by URL cannot ${what}: it is not ours`);
  };
}
