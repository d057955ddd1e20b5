/**
 * - TARGET_NOT_FOUND: the command or image is not there or cannot be started
 * - TARGET_DIED: it ended before it was ready; the message holds the exit code and the tail of its output
 * - TARGET_NEVER_READY: it runs, but `GET /users` gave no 200 in time; the message holds the last cause
 * - TARGET_NEVER_ENDED: it was told to end by SIGTERM and did not; it has been killed
 * - TARGET_UNREACHABLE: nothing answers at the URL
 * - TARGET_CANNOT: this kind of target cannot do what was asked (see `Target.can`)
 */
export type TargetErrorCode =
  | 'TARGET_NOT_FOUND'
  | 'TARGET_DIED'
  | 'TARGET_NEVER_READY'
  | 'TARGET_NEVER_ENDED'
  | 'TARGET_UNREACHABLE'
  | 'TARGET_CANNOT';

/** A target that could not be started, attached or told what to do: no evidence against the provider. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly code: TargetErrorCode;

  /** @param message What, where, and what to do; its first line stands alone. */
  constructor(code: TargetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
